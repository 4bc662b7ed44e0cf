package dev.leasehold.explain;

import static dev.leasehold.database.Fixture.CALLER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.leasehold.api.Cron;
import dev.leasehold.api.HoldPolicy;
import dev.leasehold.api.NewTask;
import dev.leasehold.api.NewTask.Gates;
import dev.leasehold.api.Outcome;
import dev.leasehold.api.Rate;
import dev.leasehold.attempt.FinishAttempts;
import dev.leasehold.database.Fixture;
import dev.leasehold.lease.ClaimRuns;
import dev.leasehold.lease.Lease;
import dev.leasehold.node.RecordHeartbeats;
import dev.leasehold.queue.PauseOrder;
import dev.leasehold.queue.PauseQueues;
import dev.leasehold.queue.ResumeQueues;
import dev.leasehold.queue.SetLimits;
import dev.leasehold.run.HoldRuns;
import dev.leasehold.run.Order;
import dev.leasehold.run.RerunRuns;
import dev.leasehold.run.Run;
import dev.leasehold.run.RunFilter;
import dev.leasehold.run.RunNotFound;
import dev.leasehold.run.RunState;
import dev.leasehold.run.Runs;
import dev.leasehold.run.UnholdRuns;
import dev.leasehold.run.UnparkRuns;
import dev.leasehold.schedule.DeriveRuns;
import dev.leasehold.sql.Claimed;
import dev.leasehold.sql.Database;
import dev.leasehold.sql.LimitStatement.Limit;
import dev.leasehold.sql.PermitScope;
import dev.leasehold.task.PauseTasks;
import dev.leasehold.task.ResumeTasks;
import dev.leasehold.task.TaskOrder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource(Database.class)
class ExplainerTest {

    private static final NewTask MAIL = NewTask.of("mail");
    private static final Ability WORKER = new Ability("w", List.of("mail", "fax"), null, List.of("a"));

    private static final class Undone extends RuntimeException {}

    private final Fixture queue;

    ExplainerTest(Database database) {
        queue = new Fixture(database);
    }

    @AfterEach
    void verify() {
        try (queue) {
            queue.verify();
        }
    }

    @Test
    void aRunThatNothingKeepsIsRunnable() {
        UUID run = queue.run(MAIL);

        Explanation explanation = explain(run);

        assertThat(explanation.runnable()).isTrue();
        assertThat(explanation.gates())
                .extracting(Gate::gate)
                .containsExactly("time", "engine_pause", "queue_pause", "hold", "expiry", "worker");
    }

    @Test
    void aHeldKeyIsNamedWithItsHolder() {
        NewTask keyed = MAIL.gates(Gates.key("K/1 ü", HoldPolicy.HOLD_DURING_RETRY));
        UUID holder = queue.run(keyed);
        UUID waiting = queue.run(keyed);
        claim(5);

        Gate gate = closed(waiting);

        assertThat(gate.gate()).isEqualTo("key");
        assertThat(gate.heldBy()).containsExactly(holder.toString());
        assertThat(gate.detail()).containsEntry("name", "K/1 ü").containsEntry("limit", 1);
        assertThat(gate.action()).isEqualTo("PUT /api/v1/limits/key/K%2F1%20%C3%BC");
    }

    @Test
    void aFullRateSaysWhenItRefills() {
        NewTask throttled =
                MAIL.gates(new Gates(null, null, null, new Rate("r", 1, Duration.ofSeconds(60)), null, null));
        queue.run(throttled);
        UUID waiting = queue.run(throttled);
        claim(5);

        Gate gate = closed(waiting);

        assertThat(gate.gate()).isEqualTo("rate");
        assertThat(gate.opensAt()).isEqualTo(queue.clock.instant().plusSeconds(60));
    }

    @Test
    void aLimitIsNamed() {
        limit(PermitScope.QUEUE, "default", 1);
        UUID holder = queue.run(MAIL);
        UUID waiting = queue.run(MAIL);
        claim(5);

        assertThat(closed(waiting).gate()).isEqualTo("queue");
        assertThat(closed(waiting).heldBy()).containsExactly(holder.toString());
    }

    @Test
    void pausesHoldsAndInstantsAreNamed() {
        UUID run = queue.run(MAIL);
        pause(null);
        assertThat(closed(run).gate()).isEqualTo("engine_pause");
        resume(null);
        pause("default");
        assertThat(closed(run).gate()).isEqualTo("queue_pause");
        resume("default");
        queue.in(() -> queue.get(HoldRuns.class).execute(CALLER, List.of(Order.of(run))));
        assertThat(closed(run).gate()).isEqualTo("hold");

        UUID later = queue.run(MAIL.scheduledAt(queue.clock.instant().plusSeconds(60)));
        assertThat(closed(later).gate()).isEqualTo("time");
        assertThat(closed(later).opensAt()).isEqualTo(queue.clock.instant().plusSeconds(60));
    }

    @Test
    void aCronRunWaitsForItsInstantAndForTheRunBeforeIt() {
        UUID first = queue.run(MAIL.cron(Cron.of("* * * * *").overlap(Cron.Overlap.BUFFER_ONE)));
        Gate time = closed(first);
        assertThat(time.gate()).isEqualTo("time");
        assertThat(time.opensAt()).isEqualTo(queue.row(first).scheduledAt());
        assertThat(time.action()).isEqualTo("POST /api/v1/runs/" + first + "/run-now");

        queue.clock.advance(Duration.ofSeconds(60));
        derive();
        claim(1);
        queue.clock.advance(Duration.ofSeconds(60));
        derive();
        UUID second = runs(first).get(1).id();

        assertThat(closed(second).gate()).isEqualTo("overlap");
        assertThat(closed(second).heldBy()).containsExactly(first.toString());
        assertThat(closed(runs(first).get(2).id()).gate()).isEqualTo("time");
    }

    private void derive() {
        queue.in(() -> queue.get(DeriveRuns.class).execute(CALLER, List.of(10)));
    }

    private List<Run> runs(UUID run) {
        RunFilter ofTask = new RunFilter(Set.of(), queue.row(run).taskId(), null, null);
        return queue.in(() -> queue.get(Runs.class).page(CALLER, ofTask, 0, 9)).stream()
                .map(one -> one.run())
                .toList();
    }

    @Test
    void aPausedTasksRunsAreNotClaimedUntilItIsResumed() {
        UUID run = queue.run(MAIL);
        UUID other = queue.run(MAIL);
        TaskOrder order = TaskOrder.of(queue.row(run).taskId());
        queue.in(() -> queue.get(PauseTasks.class).execute(CALLER, List.of(order)));

        assertThat(closed(run).gate()).isEqualTo("task");
        assertThat(explain(other).runnable()).isTrue();
        assertThat(queue.claim(request(5))).extracting(Claimed::runId).containsExactly(other);
        queue.in(() -> queue.get(ResumeTasks.class).execute(CALLER, List.of(order)));
        queue.in(() -> queue.get(UnparkRuns.class).execute(CALLER, List.of(1000)));

        assertThat(queue.claim(request(5))).extracting(Claimed::runId).containsExactly(run);
    }

    @Test
    void aReRunOfAPausedTaskIsNotClaimedEither() {
        UUID run = queue.run(MAIL);
        queue.finish(Fixture.report(queue.claim(request(1)).get(0), Outcome.success()));
        queue.in(() -> queue.get(PauseTasks.class)
                .execute(CALLER, List.of(TaskOrder.of(queue.row(run).taskId()))));
        UUID rerun = queue.in(() -> queue.get(RerunRuns.class).execute(CALLER, List.of(Order.of(run))))
                .get(0)
                .rerun();

        assertThat(closed(rerun).gate()).isEqualTo("task");
        assertThat(queue.claim(request(5))).isEmpty();
    }

    @Test
    void whatNoWorkerCanIsSaid() {
        UUID type = queue.run(NewTask.of("unheard"));
        UUID capability = queue.run(MAIL.gates(new Gates(null, null, List.of("gpu"), null, null, null)));

        assertThat(closed(type).gate()).isEqualTo("worker");
        assertThat(closed(capability).gate()).isEqualTo("worker");
        assertThat(closed(capability).detail()).containsEntry("required_capabilities", List.of("gpu"));
    }

    @Test
    void withoutAWorkerTheNodesThatLiveAreAsked() {
        UUID run = queue.run(MAIL);
        assertThat(anybody(run)).isFalse();
        queue.in(() -> queue.get(RecordHeartbeats.class)
                .execute(CALLER, List.of(new RecordHeartbeats.Beat(run, "n", List.of("mail"), List.of()))));
        assertThat(anybody(run)).isTrue();
        queue.clock.advance(Duration.ofSeconds(31));
        assertThat(anybody(run)).isFalse();
    }

    @Test
    void whatIsUnderWayOrHasEndedSaysSo() {
        UUID run = queue.run(MAIL);
        claim(1);
        assertThat(explain(run).gates()).singleElement().satisfies(gate -> {
            assertThat(gate.gate()).isEqualTo("leased");
            assertThat(gate.heldBy()).containsExactly("w");
        });
        queue.cancel(Order.of(run));
        assertThat(explain(run).gates())
                .singleElement()
                .satisfies(gate -> assertThat(gate.gate()).isEqualTo("terminal"));
        assertThatThrownBy(() -> explain(new UUID(1, 1))).isInstanceOf(RunNotFound.class);
    }

    /** Random histories; then each run is put first in line, and is claimed exactly where its explanation says so. */
    @Test
    void whatIsSaidIsWhatIsClaimed() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        Map<Boolean, Integer> seen = new HashMap<>(Map.of(true, 0, false, 0));
        for (int round = 0; round < 25 || !enough(round, seen); round++) {
            List<UUID> runs = new ArrayList<>();
            for (int i = 0; i < 10; i++) {
                runs.add(queue.run(task(random)));
            }
            for (int i = 0; i < 12; i++) {
                step(random, runs);
            }
            queue.in(() -> queue.get(UnparkRuns.class).execute(CALLER, List.of(1000)));
            for (UUID run : runs) {
                Explanation said = explain(run);
                assertThat(alone(run)).as("seed %d: %s", seed, said).isEqualTo(said.runnable());
                seen.merge(said.runnable(), 1, Integer::sum);
            }
            runs.forEach(run -> queue.cancel(Order.of(run)));
            resume(null);
            resume("default");
            limit(PermitScope.QUEUE, "slow", null);
            limit(PermitScope.TYPE, "mail", null);
        }
    }

    /** Histories go on until enough runs could be claimed, and enough could not. */
    private static boolean enough(int round, Map<Boolean, Integer> seen) {
        assertThat(round).as("rounds, %s", seen).isLessThan(500);
        return seen.get(true) > 5 && seen.get(false) > 20;
    }

    private NewTask task(Random random) {
        return NewTask.of(List.of("mail", "fax", "unheard").get(random.nextInt(3)))
                .queue(random.nextBoolean() ? "default" : "slow")
                .scheduledAt(queue.clock.instant().plusSeconds(random.nextInt(4) == 0 ? 15 : 0))
                .retryEvery(Duration.ofSeconds(5))
                .gates(gates(random));
    }

    private Gates gates(Random random) {
        return new Gates(
                random.nextInt(3) == 0 ? "K" + random.nextInt(2) : null,
                random.nextBoolean() ? HoldPolicy.HOLD_DURING_RETRY : HoldPolicy.RELEASE_ON_RETRY,
                random.nextInt(4) == 0 ? List.of(random.nextBoolean() ? "a" : "b") : null,
                random.nextInt(5) == 0 ? new Rate("r", 2, Duration.ofSeconds(20)) : null,
                random.nextInt(5) == 0 ? queue.clock.instant().plusSeconds(8) : null,
                null);
    }

    private void step(Random random, List<UUID> runs) {
        UUID run = runs.get(random.nextInt(runs.size()));
        switch (random.nextInt(7)) {
            case 0 -> claim(1 + random.nextInt(3));
            case 1 -> queue.leaseOf(run).ifPresent(lease -> finish(run, lease, random));
            case 2 -> queue.in(() -> queue.get(HoldRuns.class).execute(CALLER, List.of(Order.of(run))));
            case 3 -> queue.in(() -> queue.get(UnholdRuns.class).execute(CALLER, List.of(Order.of(run))));
            case 4 -> {
                queue.clock.advance(Duration.ofSeconds(random.nextInt(6)));
                queue.promote(100);
            }
            case 5 ->
                limit(
                        random.nextBoolean() ? PermitScope.QUEUE : PermitScope.TYPE,
                        random.nextBoolean() ? "slow" : "mail",
                        random.nextBoolean() ? 1 + random.nextInt(2) : null);
            default -> pauseOrResume(random);
        }
    }

    private void pauseOrResume(Random random) {
        if (random.nextInt(3) == 0) {
            pause(random.nextInt(4) == 0 ? null : "default");
        } else {
            resume(random.nextBoolean() ? null : "default");
        }
    }

    private void finish(UUID run, Lease lease, Random random) {
        Outcome outcome = List.of(Outcome.success(), Outcome.retry("x"), Outcome.snooze(Duration.ofSeconds(9)))
                .get(random.nextInt(3));
        queue.finish(new FinishAttempts.Report("w", run, lease.attemptId(), lease.fence(), outcome, null));
    }

    /** Whether the worker gets the run when no other one stands in its way; nothing of it stays. */
    private boolean alone(UUID run) {
        List<Claimed> claimed = new ArrayList<>();
        try {
            queue.in(() -> {
                var session = queue.get(jakarta.persistence.EntityManager.class);
                session.createNativeQuery("update leasehold.run set claim_lane = null, parked_on = null")
                        .executeUpdate();
                session.createNativeQuery("""
                                update leasehold.run set claim_lane = lane_id, parked_on = null
                                where run_id = :run and state = 'Ready' and not held
                                """).setParameter("run", run).executeUpdate();
                claimed.addAll(queue.get(ClaimRuns.class)
                        .execute(CALLER, List.of(request(1)))
                        .get(0));
                throw new Undone();
            });
        } catch (Undone e) {
            assertThat(queue.row(run).state()).isNotEqualTo(RunState.LEASED);
        }
        return !claimed.isEmpty();
    }

    private static ClaimRuns.Request request(int max) {
        return new ClaimRuns.Request(
                new ClaimRuns.Holder("w", null),
                new ClaimRuns.Filter(List.of("mail", "fax"), null, List.of(), List.of("a")),
                max,
                Duration.ofMinutes(5),
                true);
    }

    private void claim(int max) {
        queue.claim(request(max));
    }

    private void limit(PermitScope scope, String name, @Nullable Integer most) {
        queue.in(() -> queue.get(SetLimits.class).execute(CALLER, List.of(new Limit(scope, name, most))));
    }

    private void pause(@Nullable String name) {
        queue.in(() -> queue.get(PauseQueues.class).execute(CALLER, List.of(new PauseOrder(name, null))));
    }

    private void resume(@Nullable String name) {
        queue.in(() -> queue.get(ResumeQueues.class).execute(CALLER, List.of(new PauseOrder(name, null))));
    }

    private Explanation explain(UUID run) {
        return queue.in(() -> queue.get(Explainer.class).explain(CALLER, run, WORKER, List.of()));
    }

    private boolean anybody(UUID run) {
        return queue.in(() -> queue.get(Explainer.class).explain(CALLER, run, null, List.of()))
                .runnable();
    }

    private Gate closed(UUID run) {
        Explanation explanation = explain(run);
        assertThat(explanation.runnable()).isFalse();
        List<Gate> closed =
                explanation.gates().stream().filter(gate -> !gate.open()).toList();
        assertThat(closed).hasSize(1);
        return closed.get(0);
    }
}

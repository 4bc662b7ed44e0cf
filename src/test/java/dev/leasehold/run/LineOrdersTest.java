package dev.leasehold.run;

import static dev.leasehold.database.Fixture.CALLER;
import static dev.leasehold.database.Fixture.report;
import static dev.leasehold.database.SettableClock.START;
import static org.assertj.core.api.Assertions.assertThat;

import dev.leasehold.api.NewTask;
import dev.leasehold.api.Outcome;
import dev.leasehold.database.Fixture;
import dev.leasehold.database.Race;
import dev.leasehold.fault.Fault;
import dev.leasehold.lease.ClaimRuns;
import dev.leasehold.queue.PauseOrder;
import dev.leasehold.queue.PauseQueues;
import dev.leasehold.queue.SetLimits;
import dev.leasehold.sql.Claimed;
import dev.leasehold.sql.Database;
import dev.leasehold.sql.LimitStatement.Limit;
import dev.leasehold.sql.PermitScope;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Orders that change where a run stands in line: run-now, reschedule, queue. */
@ParameterizedClass
@EnumSource(Database.class)
class LineOrdersTest {

    private final Fixture queue;

    LineOrdersTest(Database database) {
        queue = new Fixture(database);
    }

    @AfterEach
    void verify() {
        try (queue) {
            queue.verify();
        }
    }

    @Test
    void aScheduledRunIsRunNowWithItsTasksPriority() {
        UUID run = queue.run(NewTask.of("mail").priority(7).scheduledAt(START.plusSeconds(3600)));

        assertThat(runNow(run, "no time")).isNull();

        Run row = queue.row(run);
        assertThat(row.state()).isEqualTo(RunState.READY);
        assertThat(row.priority()).isEqualTo(7);
        assertThat(row.dueAt()).isNull();
        assertThat(row.scheduledAt()).isEqualTo(START.plusSeconds(3600));
        RunEvent event = last(run);
        assertThat(event.type()).isEqualTo("run.promoted");
        assertThat(event.reason()).isEqualTo("no time");
        assertThat(event.steps()).containsExactly(new Step(RunState.SCHEDULED, RunState.READY));
        assertThat(queue.claim(1, "mail")).extracting(Claimed::runId).containsExactly(run);
    }

    @Test
    void aRunThatWaitsForARetryKeepsItsPriority() {
        UUID run = queue.run(NewTask.of("mail").priority(3).maxAttempts(3));
        queue.in(() ->
                queue.get(PrioritizeRuns.class).execute(CALLER, List.of(new PrioritizeRuns.Request(Order.of(run), 9))));
        queue.finish(report(queue.claim(1, "mail").get(0), Outcome.retry("no", Duration.ofHours(1))));

        assertThat(runNow(run, null)).isNull();

        assertThat(queue.row(run).priority()).isEqualTo(9);
        assertThat(queue.claim(1, "mail")).hasSize(1);
    }

    @Test
    void aHeldRunThatIsRunNowStaysHeld() {
        UUID run = queue.run(NewTask.of("mail").scheduledAt(START.plusSeconds(60)));
        queue.in(() -> queue.get(HoldRuns.class).execute(CALLER, List.of(Order.of(run))));

        assertThat(runNow(run, null)).isNull();

        assertThat(queue.row(run).state()).isEqualTo(RunState.READY);
        assertThat(queue.claim(1, "mail")).isEmpty();
    }

    @Test
    void aRunThatDoesNotWaitIsNotRunNow() {
        UUID run = queue.run(NewTask.of("mail"));

        assertThat(runNow(run, null).message())
                .isEqualTo("run " + run + " can only be run now while it is Scheduled or RetryWait (current: Ready)");
        queue.cancel(Order.of(run));
        assertThat(runNow(run, null).code()).isEqualTo("invalid_state");
    }

    @Test
    void aScheduledRunIsReadyAtItsNewInstantOnly() {
        UUID run = queue.run(NewTask.of("mail").scheduledAt(START.plusSeconds(60)));

        assertThat(reschedule(run, START.plusSeconds(600))).isNull();

        assertThat(last(run).type()).isEqualTo("run.moved");
        assertThat(last(run).scheduledAt()).isEqualTo(START.plusSeconds(600));
        assertThat(last(run).steps()).isEmpty();
        queue.clock.advance(Duration.ofSeconds(599));
        assertThat(queue.promote(5)).isZero();
        queue.clock.advance(Duration.ofSeconds(1));
        assertThat(queue.promote(5)).isEqualTo(1);
        assertThat(queue.row(run).scheduledAt()).isEqualTo(START.plusSeconds(600));
        assertThat(reschedule(run, START).message())
                .isEqualTo("run " + run + " can only be rescheduled while it is Scheduled (current: Ready)");
    }

    @Test
    void anInstantThatHasPassedMakesItReadyAtTheNextLook() {
        UUID run = queue.run(NewTask.of("mail").scheduledAt(START.plusSeconds(60)));

        assertThat(reschedule(run, START.minusSeconds(1))).isNull();

        assertThat(queue.promote(5)).isEqualTo(1);
        assertThat(queue.claim(1, "mail")).extracting(Claimed::runId).containsExactly(run);
    }

    @Test
    void aMovedRunIsClaimedFromItsNewQueueUnderItsName() {
        UUID run = queue.run(NewTask.of("mail").queue("old"));
        assertThat(move(run, "new")).isNull();

        assertThat(queue.claim(from("old", true))).isEmpty();
        Claimed claimed = queue.claim(from("new", true)).get(0);
        assertThat(claimed.runId()).isEqualTo(run);
        assertThat(claimed.queue()).isEqualTo("new");
        assertThat(queue.in(() -> queue.get(Runs.class).get(CALLER, run)).lane().queue())
                .isEqualTo("new");
        assertThat(last(run).type()).isEqualTo("run.started");
        EventData data = queue.in(() -> queue.get(EventsData.class).of(CALLER, run, 2, 2))
                .get(2);
        assertThat(new String(data.data(), StandardCharsets.UTF_8)).isEqualTo("{\"queue\":\"new\"}");
    }

    @Test
    void aMovedRunIsLeasedUnderItsNewQueueToo() {
        UUID run = queue.run(NewTask.of("mail").queue("old"));
        move(run, "new");

        assertThat(queue.claim(from("new", false))).extracting(Claimed::queue).containsExactly("new");
    }

    @Test
    void aMovedRunIsPausedWithItsNewQueueAndNotWithItsOld() {
        UUID run = queue.run(NewTask.of("mail").queue("old"));
        pause("old");
        assertThat(queue.claim(1, "mail")).isEmpty();
        move(run, "new");
        pause("new");
        assertThat(queue.claim(1, "mail")).isEmpty();
        move(run, "other");

        assertThat(queue.claim(1, "mail")).extracting(Claimed::queue).containsExactly("other");
    }

    @Test
    void aMovedRunCountsTowardTheLimitOfItsNewQueue() {
        limit("old");
        limit("new");
        queue.run(NewTask.of("mail").queue("old"));
        UUID second = queue.run(NewTask.of("mail").queue("old"));
        assertThat(queue.claim(2, "mail")).hasSize(1);
        move(second, "new");
        Claimed moved = queue.claim(2, "mail").get(0);
        assertThat(moved.runId()).isEqualTo(second);

        UUID third = queue.run(NewTask.of("mail").queue("other"));
        move(third, "new");
        assertThat(queue.claim(2, "mail")).isEmpty();
        queue.finish(report(moved, Outcome.success()));
        assertThat(queue.claim(2, "mail")).extracting(Claimed::runId).containsExactly(third);
    }

    @Test
    void runsOfEveryStateThatWaitsAreMovedAndKeepWhatTheyWaitFor() {
        UUID scheduled = queue.run(NewTask.of("mail").scheduledAt(START.plusSeconds(60)));
        UUID suspended = queue.run(NewTask.of("mail"));
        queue.finish(report(queue.claim(1, "mail").get(0), Outcome.snooze(Duration.ofSeconds(60))));
        UUID waiting = queue.run(NewTask.of("mail").maxAttempts(2));
        queue.finish(report(queue.claim(1, "mail").get(0), Outcome.retry("no", Duration.ofSeconds(60))));

        for (UUID run : List.of(scheduled, suspended, waiting)) {
            assertThat(move(run, "new")).isNull();
            assertThat(queue.row(run).dueAt()).isEqualTo(START.plusSeconds(60));
        }
        queue.clock.advance(Duration.ofSeconds(60));
        queue.promote(5);

        assertThat(queue.claim(5, "mail")).hasSize(3).extracting(Claimed::queue).containsOnly("new");
    }

    @Test
    void aRunThatIsLeasedOrHasEndedIsNotMovedAndNothingIsStored() {
        UUID run = queue.run(NewTask.of("mail"));
        queue.lease(1, "mail");
        String before = queue.dump();

        assertThat(move(run, "new").message())
                .isEqualTo("run " + run
                        + " can only be moved while nobody has leased it and it has not ended (current: Leased)");
        assertThat(move(new UUID(1, 1), "new").code()).isEqualTo("run_not_found");
        assertThat(queue.dump()).isEqualTo(before);
        queue.cancel(Order.of(run));
        assertThat(move(run, "new").code()).isEqualTo("invalid_state");
    }

    @Test
    void aRunIsNotMovedToWhereItIs() {
        UUID run = queue.run(NewTask.of("mail").queue("here"));

        assertThat(move(run, "here").message()).isEqualTo("run " + run + " is in queue here already");
        assertThat(queue.row(run).version()).isEqualTo(1);
    }

    @Test
    void ofTwoMovesOfOneRunTheSecondComesLater() {
        UUID run = queue.run(NewTask.of("mail"));

        List<Orders.Result> results = queue.in(() -> queue.get(MoveRuns.class)
                .execute(
                        CALLER,
                        List.of(
                                new MoveRuns.Request(new Order(run, 1, null), "a"),
                                new MoveRuns.Request(new Order(run, 1, null), "b"),
                                new MoveRuns.Request(new Order(run, 2, null), "b"))));

        assertThat(results.get(0).refusal()).isNull();
        assertThat(results.get(1).refusal()).isInstanceOf(SequenceConflict.class);
        assertThat(results.get(2).refusal()).isNull();
        assertThat(queue.row(run).version()).isEqualTo(3);
    }

    @Test
    void whoMovesAndWhoClaimsAtOnceAgree() {
        for (int i = 0; i < 20; i++) {
            UUID run = queue.run(NewTask.of("mail").queue("old" + i));
            String target = "new" + i;

            List<Object> results =
                    Race.of(2, number -> number == 0 ? move(run, target) == null : queue.claim(1, "mail"));

            String queueNow = queue.in(() -> queue.get(Runs.class).get(CALLER, run))
                    .lane()
                    .queue();
            assertThat(queueNow).isEqualTo(results.get(0).equals(true) ? target : "old" + i);
            queue.cancel(Order.of(run));
        }
    }

    private @Nullable Fault runNow(UUID run, @Nullable String reason) {
        return queue.in(() -> queue.get(PromoteRuns.class).execute(CALLER, List.of(new Order(run, null, reason))))
                .get(0)
                .refusal();
    }

    private @Nullable Fault reschedule(UUID run, Instant instant) {
        RescheduleRuns.Request request = new RescheduleRuns.Request(Order.of(run), instant);
        return queue.in(() -> queue.get(RescheduleRuns.class).execute(CALLER, List.of(request)))
                .get(0)
                .refusal();
    }

    private @Nullable Fault move(UUID run, String target) {
        MoveRuns.Request request = new MoveRuns.Request(Order.of(run), target);
        return queue.in(() -> queue.get(MoveRuns.class).execute(CALLER, List.of(request)))
                .get(0)
                .refusal();
    }

    private void limit(String name) {
        Limit one = new Limit(PermitScope.QUEUE, name, 1);
        queue.in(() -> queue.get(SetLimits.class).execute(CALLER, List.of(one)));
    }

    private void pause(String name) {
        queue.in(() -> queue.get(PauseQueues.class).execute(CALLER, List.of(new PauseOrder(name, null))));
    }

    private static ClaimRuns.Request from(String name, boolean start) {
        return new ClaimRuns.Request(
                new ClaimRuns.Holder("w", null),
                new ClaimRuns.Filter(null, List.of(name), List.of(), List.of()),
                5,
                Duration.ofSeconds(30),
                start);
    }

    private RunEvent last(UUID run) {
        List<RunEvent> events = queue.events(run);
        return events.get(events.size() - 1);
    }
}

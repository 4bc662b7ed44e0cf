package dev.leasehold.run;

import static dev.leasehold.database.Fixture.CALLER;
import static dev.leasehold.database.Fixture.report;
import static dev.leasehold.database.SettableClock.START;
import static org.assertj.core.api.Assertions.assertThat;

import dev.leasehold.api.HoldPolicy;
import dev.leasehold.api.NewTask;
import dev.leasehold.api.Outcome;
import dev.leasehold.database.Fixture;
import dev.leasehold.database.Race;
import dev.leasehold.fault.Fault;
import dev.leasehold.settings.Settings;
import dev.leasehold.sql.Claimed;
import dev.leasehold.sql.Database;
import dev.leasehold.task.CancelTasks;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource(Database.class)
class RerunRunsTest {

    private final Fixture queue;

    RerunRunsTest(Database database) {
        queue = new Fixture(database);
    }

    @AfterEach
    void verify() {
        try (queue) {
            queue.verify();
        }
    }

    @Test
    void whatEndedIsDoneAgainByARunOfItsOwn() {
        UUID failed = ended(Outcome.fail("no"));
        Run before = queue.row(failed);
        queue.clock.advance(Duration.ofSeconds(50));

        UUID rerun = rerun(new Order(failed, null, "fixed")).rerun();

        Run row = queue.row(rerun);
        assertThat(row.taskId()).isEqualTo(before.taskId());
        assertThat(row.state()).isEqualTo(RunState.READY);
        assertThat(row.scheduledAt()).isEqualTo(START.plusSeconds(50));
        assertThat(row.priority()).isEqualTo(4);
        assertThat(row.attemptsStarted()).isZero();
        assertThat(row.fence()).isZero();
        RunEvent first = queue.events(rerun).get(0);
        assertThat(first.type()).isEqualTo("run.promoted");
        assertThat(first.reason()).isEqualTo("fixed");
        assertThat(first.steps())
                .containsExactly(new Step(null, RunState.SCHEDULED), new Step(RunState.SCHEDULED, RunState.READY));
        assertThat(text(queue.in(() -> queue.get(EventsData.class).of(CALLER, rerun, 1, 1))
                        .get(1)))
                .isEqualTo("{\"rerun_of\":\"" + failed + "\"}");
        assertThat(queue.in(() -> queue.get(Runs.class).get(CALLER, rerun)).rerunOf())
                .isEqualTo(failed);
        assertThat(queue.row(failed)).usingRecursiveComparison().isEqualTo(before);
        assertThat(queue.in(() -> queue.get(Runs.class).get(CALLER, failed)).rerunOf())
                .isNull();
    }

    @Test
    void aRerunIsAttemptedAsOftenAsItsTaskAllows() {
        UUID rerun = rerun(ended(Outcome.fail("no")));

        Claimed claimed = queue.claim(1, "mail").get(0);

        assertThat(claimed.runId()).isEqualTo(rerun);
        assertThat(claimed.attemptsStarted()).isEqualTo(1);
        queue.finish(report(claimed, Outcome.retry("no", Duration.ZERO)));
        assertThat(queue.row(rerun).state()).isEqualTo(RunState.RETRY_WAIT);
    }

    @Test
    void whereDutiesAreByHandItStaysScheduled() {
        queue.put(Settings.class, new Settings(key -> key.equals("leasehold.duties") ? "manual" : null));
        UUID run = queue.run(NewTask.of("mail").priority(4));
        queue.cancel(Order.of(run));

        UUID rerun = rerun(run);

        assertThat(queue.row(rerun).state()).isEqualTo(RunState.SCHEDULED);
        assertThat(queue.row(rerun).priority()).isZero();
        assertThat(queue.events(rerun)).extracting(RunEvent::type).containsExactly("run.submitted");
        assertThat(queue.promote(5)).isEqualTo(1);
        assertThat(queue.row(rerun).priority()).isEqualTo(4);
    }

    @Test
    void itStandsInTheQueueThatItsOriginalWasMovedTo() {
        UUID run = queue.run(NewTask.of("mail").queue("old"));
        queue.in(() -> queue.get(MoveRuns.class).execute(CALLER, List.of(new MoveRuns.Request(Order.of(run), "new"))));
        queue.cancel(Order.of(run));

        rerun(run);

        assertThat(queue.claim(1, "mail")).extracting(Claimed::queue).containsExactly("new");
    }

    @Test
    void itNeedsThePermitsThatItsOriginalNeeded() {
        NewTask keyed = NewTask.of("mail").gates(NewTask.Gates.key("k", HoldPolicy.HOLD_DURING_RETRY));
        UUID run = queue.run(keyed);
        queue.cancel(Order.of(run));
        queue.run(keyed);
        Claimed other = queue.claim(5, "mail").get(0);

        UUID rerun = rerun(run);

        assertThat(queue.claim(5, "mail")).isEmpty();
        queue.finish(report(other, Outcome.success()));
        assertThat(queue.claim(5, "mail")).extracting(Claimed::runId).containsExactly(rerun);
    }

    @Test
    void theRerunOfARunThatWasTooLateHasTime() {
        UUID run = queue.run(
                NewTask.of("mail").gates(new NewTask.Gates(null, null, null, null, START.plusSeconds(10), null)));
        queue.clock.advance(Duration.ofSeconds(10));
        queue.in(() -> queue.get(ExpireRuns.class).execute(CALLER, List.of(10)));
        assertThat(queue.row(run).state()).isEqualTo(RunState.CANCELED);

        UUID rerun = rerun(run);

        queue.in(() -> queue.get(ExpireRuns.class).execute(CALLER, List.of(10)));
        assertThat(queue.claim(5, "mail")).extracting(Claimed::runId).containsExactly(rerun);
    }

    @Test
    void aRunThatHasNotEndedIsNotDoneAgain() {
        UUID run = queue.run(NewTask.of("mail"));

        assertThat(refusal(run).message())
                .isEqualTo("run " + run + " can only be rerun when it has ended (current: Ready)");
        assertThat(refusal(run).code()).isEqualTo("invalid_state");
        assertThat(refusal(new UUID(7, 7)).code()).isEqualTo("run_not_found");
        assertThat(rerun(new Order(ended(Outcome.fail("no")), 99, null)).refusal())
                .isInstanceOf(SequenceConflict.class);
        assertThat(queue.count("select count(*) from leasehold.rerun")).isZero();
    }

    @Test
    void thereIsOneRerunAtATimeAndAnotherOnceThatHasEnded() {
        UUID run = ended(Outcome.fail("no"));
        UUID first = rerun(run);
        Fault refusal = refusal(run);
        assertThat(refusal.code()).isEqualTo("already_rerun");
        assertThat(refusal.details()).containsEntry("rerun_run_id", first.toString());

        queue.cancel(Order.of(first));

        UUID second = rerun(run);
        assertThat(second).isNotEqualTo(first);
        assertThat(rerun(first)).isNotIn(first, second);
    }

    @Test
    void ofOneRunThatIsNamedTwiceTheSecondIsRefused() {
        UUID run = ended(Outcome.fail("no"));

        List<RerunRuns.Result> results =
                queue.in(() -> queue.get(RerunRuns.class).execute(CALLER, List.of(Order.of(run), Order.of(run))));

        assertThat(results.get(0).refusal()).isNull();
        assertThat(results.get(1).refusal()).isInstanceOf(AlreadyRerun.class);
    }

    @Test
    void ofEightAtOnceOneWins() {
        for (int round = 0; round < 5; round++) {
            UUID run = ended(Outcome.fail("no"));

            List<RerunRuns.Result> results = Race.of(8, number -> rerun(Order.of(run)));

            assertThat(results.stream().map(RerunRuns.Result::rerun).filter(Objects::nonNull))
                    .hasSize(1);
            assertThat(results.stream().map(RerunRuns.Result::refusal).filter(Objects::nonNull))
                    .hasSize(7)
                    .allMatch(refusal -> refusal.code().equals("already_rerun"));
            assertThat(queue.count("select count(*) from leasehold.rerun where rerun_of = '" + run + "'"))
                    .isEqualTo(1);
            queue.claim(1, "mail").forEach(claimed -> queue.finish(report(claimed, Outcome.success())));
        }
    }

    @Test
    void aCanceledTaskGetsNoFurtherRun() {
        UUID run = ended(Outcome.fail("no"));
        UUID task = queue.row(run).taskId();
        queue.in(() -> queue.get(CancelTasks.class).execute(CALLER, List.of(CancelTasks.Request.of(task))));

        Fault refusal = refusal(run);

        assertThat(refusal.code()).isEqualTo("task_canceled");
        assertThat(refusal.message()).isEqualTo("run " + run + " cannot be rerun: its task " + task + " is canceled");
    }

    @Test
    void whoCallsATaskOffAndWhoRerunsAtOnceLeaveNoRunBehind() {
        for (int i = 0; i < 20; i++) {
            UUID run = ended(Outcome.fail("no"));
            UUID task = queue.row(run).taskId();

            List<Object> results = Race.of(2, number -> number == 0 ? callOff(task) : rerun(Order.of(run)));

            List<UUID> open = queue.in(() -> queue.get(Runs.class).openOf(CALLER, task, 5));
            assertThat(open).as("%s", results).isEmpty();
        }
    }

    @Test
    void aRerunStandsInForItsOriginal() {
        UUID run = ended(Outcome.success());
        UUID task = queue.row(run).taskId();
        assertThat(states(task)).containsExactly(RunState.COMPLETED);

        rerun(run);
        assertThat(states(task)).containsExactly(RunState.READY);
        queue.finish(report(queue.claim(1, "mail").get(0), Outcome.fail("no")));

        assertThat(states(task)).containsExactly(RunState.FAILED);
    }

    private List<UUID> callOff(UUID task) {
        return queue.in(() -> {
            queue.get(CancelTasks.class).execute(CALLER, List.of(CancelTasks.Request.of(task)));
            List<UUID> open = queue.get(Runs.class).openOf(CALLER, task, 5);
            queue.get(CancelRuns.class)
                    .execute(CALLER, open.stream().map(Order::of).toList());
            return open;
        });
    }

    private Set<RunState> states(UUID task) {
        Map<UUID, Set<RunState>> states = queue.in(() -> queue.get(Runs.class).statesOfTasks(CALLER, List.of(task)));
        return states.get(task);
    }

    private UUID ended(Outcome outcome) {
        UUID run = queue.run(NewTask.of("mail").priority(4).maxAttempts(2));
        queue.finish(report(queue.claim(1, "mail").get(0), outcome));
        assertThat(queue.row(run).state().terminal()).isTrue();
        return run;
    }

    private UUID rerun(UUID run) {
        return Objects.requireNonNull(rerun(Order.of(run)).rerun());
    }

    private @Nullable Fault refusal(UUID run) {
        return rerun(Order.of(run)).refusal();
    }

    private RerunRuns.Result rerun(Order order) {
        return queue.in(() -> queue.get(RerunRuns.class).execute(CALLER, List.of(order)))
                .get(0);
    }

    private static String text(EventData data) {
        return new String(data.data(), StandardCharsets.UTF_8);
    }
}

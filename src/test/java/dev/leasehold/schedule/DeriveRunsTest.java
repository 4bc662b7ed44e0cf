package dev.leasehold.schedule;

import static dev.leasehold.database.Fixture.CALLER;
import static dev.leasehold.database.SettableClock.START;
import static org.assertj.core.api.Assertions.assertThat;

import dev.leasehold.api.Cron;
import dev.leasehold.api.Cron.Misfire;
import dev.leasehold.api.NewTask;
import dev.leasehold.api.Repeat;
import dev.leasehold.queue.PauseOrder;
import dev.leasehold.queue.PauseQueues;
import dev.leasehold.queue.ResumeQueues;
import dev.leasehold.run.Order;
import dev.leasehold.run.Run;
import dev.leasehold.run.RunState;
import dev.leasehold.sql.Database;
import dev.leasehold.sql.QueueSession;
import dev.leasehold.sql.ScheduleStatement;
import dev.leasehold.task.CancelTasks;
import dev.leasehold.task.PauseTasks;
import dev.leasehold.task.RescheduleTasks;
import dev.leasehold.task.ResumeTasks;
import dev.leasehold.task.SubmitTasks.Submitted;
import dev.leasehold.task.TaskOrder;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Runs of tasks that recur, by hand and on both databases. Every test that says hourly begins on the hour. */
@ParameterizedClass
@EnumSource(Database.class)
class DeriveRunsTest extends Recurring {

    DeriveRunsTest(Database database) {
        super(database);
    }

    @Test
    void theFirstFiveStandDerivedWithTheirTaskAndTheSecondOfTheSubmissionCounts() {
        queue.clock.set(START.plusMillis(400));
        Submitted submitted =
                queue.submit(NewTask.of("t").cron(EACH_SECOND).priority(3)).get(0);

        assertThat(submitted.runsCreated()).isEqualTo(5);
        List<Run> runs = runs(submitted.taskId());
        assertThat(runs).extracting(Run::scheduledAt).containsExactlyElementsOf(seconds(1000, 1004));
        assertThat(runs).extracting(Run::state).startsWith(RunState.READY).endsWith(RunState.SCHEDULED);
        assertThat(runs.get(0).priority()).isEqualTo(3);
        assertThat(derive()).isZero();
        assertThat(queue.promote(100)).isZero();
    }

    @Test
    void theWindowRollsAsRunsEnd() {
        UUID task = submit(EACH_SECOND);
        queue.clock.set(START.plusSeconds(2));
        pass();
        assertThat(runs(task))
                .hasSize(5)
                .extracting(Run::state)
                .containsSubsequence(
                        RunState.READY, RunState.READY, RunState.READY, RunState.SCHEDULED, RunState.SCHEDULED);

        finishAll();
        pass();

        assertThat(runs(task)).extracting(Run::scheduledAt).containsExactlyElementsOf(seconds(1000, 1007));
        assertThat(open(task)).hasSize(5);
    }

    @Test
    void whatHasComeDoesNotWaitForTheWindow() {
        UUID task = submit(EACH_SECOND);
        queue.clock.set(START.plusSeconds(20));
        pass();

        assertThat(runs(task)).hasSize(21).extracting(Run::state).containsOnly(RunState.READY);
        queue.clock.set(START.plusSeconds(21));
        pass();
        assertThat(runs(task)).hasSize(22);
    }

    @Test
    void aBoundedOneHasExactlySoManyInstants() {
        UUID task = submit(EACH_SECOND.atMost(7));
        queue.clock.set(START.plusSeconds(3));
        pass();
        finishAll();
        pass();
        assertThat(runs(task)).hasSize(7);
        assertThat(standing(task).ended()).isTrue();
        queue.clock.set(START.plusSeconds(100));
        pass();
        finishAll();
        pass();

        assertThat(runs(task)).extracting(Run::scheduledAt).containsExactlyElementsOf(seconds(1000, 1006));
        assertThat(submit(EACH_SECOND.atMost(3)))
                .satisfies(id -> assertThat(runs(id)).hasSize(3));
    }

    @Test
    void aCanceledTaskGetsNoFurtherRun() {
        UUID task = submit(EACH_SECOND);
        finishAll();
        queue.clock.set(START.plusSeconds(1));
        pass();
        finishAll();
        pass();
        queue.in(() -> queue.get(CancelTasks.class).execute(CALLER, List.of(CancelTasks.Request.of(task))));
        queue.cancel(open(task).stream().map(run -> Order.of(run.id())).toArray(Order[]::new));
        int all = runs(task).size();

        for (int i = 0; i < 100; i++) {
            queue.clock.advance(Duration.ofSeconds(1));
            pass();
        }

        assertThat(runs(task)).hasSize(all);
        assertThat(ended(task)).isEqualTo(2);
        assertThat(open(task)).isEmpty();
    }

    @Test
    void whileATaskIsPausedItsInstantsAreMissed() {
        queue.clock.set(HOUR);
        UUID task = submit(HOURLY);
        finishAll();
        pass();
        queue.in(() -> queue.get(PauseTasks.class).execute(CALLER, List.of(TaskOrder.of(task))));
        for (int i = 1; i <= 8; i++) {
            queue.clock.set(HOUR.plus(Duration.ofHours(i)));
            pass();
            queue.promote(100);
        }
        assertThat(open(task)).hasSize(5).extracting(Run::state).containsOnly(RunState.SCHEDULED);

        queue.clock.advance(Duration.ofMinutes(30));
        queue.in(() -> queue.get(ResumeTasks.class).execute(CALLER, List.of(TaskOrder.of(task))));
        pass();

        assertThat(dropped(task, "misfire")).isEqualTo(4);
        assertThat(missed(runs(task).get(1))).contains(8L);
    }

    @Test
    void whileTheQueueIsPausedTheWindowIsKeptAndInstantsAreMissed() {
        queue.clock.set(HOUR);
        UUID task = submit(HOURLY.misfire(Misfire.SKIP));
        assertThat(queue.claim(1, "t")).hasSize(1);
        queue.in(() -> queue.get(PauseQueues.class).execute(CALLER, List.of(new PauseOrder("default", null))));
        finishRunning();
        pass();
        assertThat(open(task)).as("topped up").hasSize(5);
        queue.clock.set(HOUR.plus(Duration.ofHours(9)).plusSeconds(30));
        pass();
        assertThat(open(task)).hasSize(5).extracting(Run::state).containsOnly(RunState.SCHEDULED);

        queue.in(() -> queue.get(ResumeQueues.class).execute(CALLER, List.of(new PauseOrder("default", null))));
        pass();

        assertThat(dropped(task, "misfire")).isEqualTo(5);
        assertThat(open(task)).extracting(Run::state).startsWith(RunState.READY, RunState.SCHEDULED);
        assertThat(open(task).get(0).scheduledAt()).isEqualTo(HOUR.plus(Duration.ofHours(9)));
    }

    @Test
    void whatEndsWhileTheQueueIsPausedLetsNothingRun() {
        queue.clock.set(HOUR);
        UUID task = submit(HOURLY);
        assertThat(queue.claim(1, "t")).hasSize(1);
        queue.in(() -> queue.get(PauseQueues.class).execute(CALLER, List.of(new PauseOrder("default", null))));
        queue.clock.set(HOUR.plus(Duration.ofHours(1)));
        finishRunning();
        pass();

        assertThat(open(task)).hasSize(5).extracting(Run::state).containsOnly(RunState.SCHEDULED);
    }

    @Test
    void whatEndsWhileATaskIsPausedHasNothingDerived() {
        queue.clock.set(HOUR);
        UUID task = submit(HOURLY);
        assertThat(queue.claim(1, "t")).hasSize(1);
        queue.in(() -> queue.get(PauseTasks.class).execute(CALLER, List.of(TaskOrder.of(task))));
        queue.clock.set(HOUR.plus(Duration.ofHours(1)));
        finishRunning();
        pass();
        assertThat(open(task)).hasSize(4).extracting(Run::state).containsOnly(RunState.SCHEDULED);

        queue.in(() -> queue.get(ResumeTasks.class).execute(CALLER, List.of(TaskOrder.of(task))));
        pass();
        assertThat(open(task)).hasSize(5).extracting(Run::state).startsWith(RunState.READY, RunState.SCHEDULED);
    }

    @Test
    void aPausedTasksOtherRunsAreNotPromotedEither() {
        UUID task = queue.submit(NewTask.of("t").scheduledAt(START.plusSeconds(5)))
                .get(0)
                .taskId();
        queue.in(() -> queue.get(PauseTasks.class).execute(CALLER, List.of(TaskOrder.of(task))));
        queue.clock.advance(Duration.ofSeconds(10));

        assertThat(queue.promote(10)).isZero();
        queue.in(() -> queue.get(ResumeTasks.class).execute(CALLER, List.of(TaskOrder.of(task))));
        assertThat(queue.promote(10)).isEqualTo(1);
    }

    @Test
    void aLongRepetitionIsToppedUpAndExact() {
        UUID task = queue.submit(NewTask.of("t").repeat(new Repeat(2500, Duration.ofSeconds(1))))
                .get(0)
                .taskId();
        assertThat(queue.row(runs(task).get(0).id()).state()).isEqualTo(RunState.READY);
        assertThat(count(task)).isEqualTo(1000);
        queue.clock.set(START.plusSeconds(3000));

        for (int i = 0; i < 9; i++) {
            queue.promote(10_000);
            queue.in(() -> queue.get(DeriveRuns.class).execute(CALLER, List.of(500)));
            assertThat(queue.count("select count(*) from leasehold.firing where live"))
                    .isLessThanOrEqualTo(1000);
            finishAll();
        }
        queue.promote(10_000);
        finishAll();

        assertThat(count(task)).isEqualTo(2500);
        assertThat(queue.count("select count(distinct scheduled_at) from leasehold.run"))
                .isEqualTo(2500);
        assertThat(queue.count("select count(*) from leasehold.run where state = 'Completed'"))
                .isEqualTo(2500);
        assertThat(standing(task).ended()).isTrue();
    }

    @Test
    void aPolicyThatCannotBeReadIsInNobodysWay() {
        UUID unknown = submit(EACH_SECOND.misfire(Misfire.ALL));
        UUID replaced = submit(EACH_SECOND);
        UUID known = submit(EACH_SECOND);
        finishAll();
        queue.tamper("update leasehold.schedule set time_zone = 'Mars/Olympus' where task_id <> '" + known + "'");
        queue.clock.advance(Duration.ofSeconds(20));

        queue.in(() -> queue.get(DeriveRuns.class).execute(CALLER, List.of(1, 1, 1)));
        pass();
        assertThat(runs(known)).hasSize(21);
        assertThat(count(unknown)).isEqualTo(5);

        queue.in(() -> queue.get(RescheduleTasks.class)
                .execute(CALLER, List.of(new RescheduleTasks.Request(TaskOrder.of(replaced), EACH_SECOND.atMost(3)))));
        queue.clock.advance(Duration.ofSeconds(10));
        pass();
        assertThat(runs(replaced))
                .filteredOn(run -> run.state() == RunState.READY)
                .hasSize(3);
        queue.tamper("update leasehold.schedule set time_zone = null where task_id = '" + unknown + "'");
        queue.clock.advance(UnreadablePolicies.PATIENCE);
        pass();
        assertThat(runs(unknown))
                .filteredOn(run -> run.state() == RunState.READY)
                .hasSize(5);
        assertThat(count(unknown)).isEqualTo(6);
    }

    @Test
    void oneTransactionDerivesSoManyRunsAndNoMore() {
        Cron lasting = new Cron("* * * * * *", null, null, null, null, null, Duration.ofDays(1), null);
        for (int i = 0; i < 12; i++) {
            submit(lasting);
        }
        queue.clock.advance(Duration.ofMinutes(25));
        long before = queue.count("select count(*) from leasehold.run");

        derive();

        assertThat(queue.count("select count(*) from leasehold.run") - before)
                .isBetween(10_000L, Derivation.MOST_TOGETHER + 1000L);
        pass();
        assertThat(queue.count("select count(*) from leasehold.run where state = 'Ready'"))
                .isEqualTo(12 * 1501);
    }

    @Test
    void aTaskThatIsPausedAsItsScheduleIsAboutToBeHeldGetsNoRunReady() {
        UUID task = submit(HOURLY);
        UUID tenant = CALLER.tenant();
        queue.in(() -> queue.get(PauseTasks.class).execute(CALLER, List.of(TaskOrder.of(task))));

        assertThat(queue.<Boolean>in(() -> queue.get(QueueSession.class)
                        .work(connection -> queue.get(ScheduleStatement.class)
                                .lockFree(connection, tenant, List.of(task))
                                .get(0)
                                .halted())))
                .isTrue();
    }

    @Test
    void anInstantHasOneRunWhateverIsDone() {
        UUID task = submit(EACH_SECOND);
        queue.tamper(
                "update leasehold.schedule set instants = 0, next_at = timestamp with time zone '1970-01-01 00:16:40+00'");
        queue.clock.set(START.plusSeconds(8));

        pass();

        assertThat(runs(task))
                .extracting(Run::scheduledAt)
                .doesNotHaveDuplicates()
                .hasSizeGreaterThanOrEqualTo(9);
    }
}

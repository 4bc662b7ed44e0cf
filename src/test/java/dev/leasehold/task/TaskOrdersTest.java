package dev.leasehold.task;

import static dev.leasehold.database.Fixture.CALLER;
import static dev.leasehold.database.SettableClock.START;
import static org.assertj.core.api.Assertions.assertThat;

import dev.leasehold.api.Cron;
import dev.leasehold.api.NewTask;
import dev.leasehold.database.Fixture;
import dev.leasehold.fault.Fault;
import dev.leasehold.run.Run;
import dev.leasehold.run.RunFilter;
import dev.leasehold.run.RunState;
import dev.leasehold.run.Runs;
import dev.leasehold.schedule.DeriveRuns;
import dev.leasehold.schedule.Schedules;
import dev.leasehold.sql.Database;
import dev.leasehold.task.RescheduleTasks.Request;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource(Database.class)
class TaskOrdersTest {

    private static final UUID UNKNOWN = new UUID(3, 3);
    private static final Cron EACH_MINUTE = Cron.of("* * * * *");

    private final Fixture queue;

    TaskOrdersTest(Database database) {
        queue = new Fixture(database);
    }

    @AfterEach
    void verify() {
        try (queue) {
            queue.verify();
        }
    }

    @Test
    void whatDoesNotApplyIsRefusedAndChangesNothing() {
        UUID once = submit(NewTask.of("t"));
        UUID cron = submit(NewTask.of("t").cron(EACH_MINUTE));
        UUID canceled = submit(NewTask.of("t").cron(EACH_MINUTE));
        queue.in(() -> queue.get(CancelTasks.class).execute(CALLER, List.of(CancelTasks.Request.of(canceled))));
        String before = queue.dump();

        assertThat(resume(TaskOrder.of(once))).hasMessageContaining("is not paused");
        for (UUID task : List.of(UNKNOWN, canceled)) {
            Class<? extends Fault> refusal = task.equals(UNKNOWN) ? TaskNotFound.class : InvalidTaskState.class;
            assertThat(pause(TaskOrder.of(task))).isInstanceOf(refusal);
            assertThat(resume(TaskOrder.of(task))).isInstanceOf(refusal);
            assertThat(fire(TaskOrder.of(task)).refusal()).isInstanceOf(refusal);
            assertThat(reschedule(TaskOrder.of(task), EACH_MINUTE).refusal()).isInstanceOf(refusal);
        }
        assertThat(reschedule(TaskOrder.of(once), EACH_MINUTE).refusal()).hasMessageContaining("no cron policy");
        assertThat(reschedule(TaskOrder.of(cron), Cron.of("x")).refusal()).isInstanceOf(InvalidTask.class);
        assertThat(reschedule(TaskOrder.of(cron), Cron.of("0 0 30 2 *")).refusal())
                .isInstanceOf(InvalidTask.class);
        TaskOrder outdated = new TaskOrder(cron, 2, null);
        assertThat(pause(outdated)).isInstanceOf(ScheduleConflict.class);
        assertThat(reschedule(outdated, EACH_MINUTE).refusal()).isInstanceOf(ScheduleConflict.class);
        assertThat(fire(new TaskOrder(once, 1, null)).refusal())
                .extracting(Fault::details)
                .isEqualTo(java.util.Map.of("task_id", once.toString(), "expected", 1, "found", 0));
        assertThat(queue.dump()).isEqualTo(before);

        assertThat(pause(TaskOrder.of(once))).isNull();
        assertThat(pause(TaskOrder.of(once))).hasMessageContaining("is paused already");
    }

    @Test
    void aFiredTaskHasOneMoreRunNowThatNobodyCounts() {
        UUID task = submit(NewTask.of("t").priority(4).cron(Cron.of("@daily").atMost(2)));
        assertThat(runs(task)).extracting(Run::state).containsOnly(RunState.SCHEDULED);

        UUID fired = fire(new TaskOrder(task, 1, "by hand")).run();

        Run run = queue.row(fired);
        assertThat(run.state()).isEqualTo(RunState.READY);
        assertThat(run.priority()).isEqualTo(4);
        assertThat(run.scheduledAt()).isEqualTo(START);
        assertThat(queue.events(fired).get(0).reason()).isEqualTo("by hand");
        assertThat(runs(task)).hasSize(3);
        assertThat(queue.in(() -> queue.get(Schedules.class).of(CALLER, List.of(task)))
                        .get(task)
                        .instants())
                .isEqualTo(2);
        assertThat(queue.claim(5, "t")).extracting(one -> one.runId()).containsExactly(fired);
        UUID once = submit(NewTask.of("u"));
        queue.clock.advance(Duration.ofSeconds(1));
        assertThat(fire(TaskOrder.of(once)).run()).isNotNull();
    }

    @Test
    void aNewScheduleReplacesWhatHasNotBegun() {
        UUID task = submit(NewTask.of("t").cron(EACH_MINUTE));
        queue.clock.set(START.plusSeconds(30));
        queue.in(() -> queue.get(DeriveRuns.class).execute(CALLER, List.of(10)));
        assertThat(runs(task)).first().extracting(Run::state).isEqualTo(RunState.READY);

        RescheduleTasks.Result result = reschedule(
                new TaskOrder(task, 1, null),
                Cron.of("*/30 * * * * *").atMost(3).in("Europe/Vienna"));

        assertThat(result).isEqualTo(new RescheduleTasks.Result(4, 3, null));
        List<Run> runs = runs(task);
        assertThat(runs)
                .filteredOn(run -> run.state() == RunState.CANCELED)
                .hasSize(4)
                .allSatisfy(run -> {
                    assertThat(queue.events(run.id()).get(1).reason()).isEqualTo("rescheduled");
                });
        assertThat(runs)
                .filteredOn(run -> run.state() == RunState.SCHEDULED)
                .extracting(Run::scheduledAt)
                .as("also where a run that gave way had the same instant")
                .containsExactly(START.plusSeconds(50), START.plusSeconds(80), START.plusSeconds(110));
        assertThat(queue.in(() -> queue.get(Tasks.class).get(CALLER, task).runPolicy()))
                .isEqualTo("{\"Cron\":{\"expression\":\"*/30 * * * * *\",\"time_zone\":\"Europe/Vienna\","
                        + "\"max_occurrences\":3}}");
    }

    @Test
    void aNewScheduleOfAPausedTaskRunsNothing() {
        UUID task = submit(NewTask.of("t").cron(EACH_MINUTE));
        pause(TaskOrder.of(task));

        reschedule(TaskOrder.of(task), Cron.of("* * * * * *"));

        assertThat(runs(task)).extracting(Run::state).doesNotContain(RunState.READY);
        resume(TaskOrder.of(task));
        queue.in(() -> queue.get(DeriveRuns.class).execute(CALLER, List.of(10)));
        assertThat(runs(task)).extracting(Run::state).containsOnlyOnce(RunState.READY);
    }

    @Test
    void aScheduleIsReplacedAtItsVersion() {
        UUID task = submit(NewTask.of("t").cron(EACH_MINUTE));
        reschedule(new TaskOrder(task, 1, null), EACH_MINUTE);
        assertThat(reschedule(new TaskOrder(task, 1, null), EACH_MINUTE).refusal())
                .isInstanceOf(ScheduleConflict.class);
        assertThat(reschedule(new TaskOrder(task, 2, null), EACH_MINUTE).refusal())
                .isNull();
        queue.clock.advance(Duration.ofMinutes(2));
        queue.in(() -> queue.get(DeriveRuns.class).execute(CALLER, List.of(10)));
        assertThat(runs(task)).extracting(Run::state).contains(RunState.READY);
    }

    private UUID submit(NewTask task) {
        return queue.submit(task).get(0).taskId();
    }

    private @Nullable Fault pause(TaskOrder order) {
        return queue.in(() -> queue.get(PauseTasks.class).execute(CALLER, List.of(order)))
                .get(0)
                .refusal();
    }

    private @Nullable Fault resume(TaskOrder order) {
        return queue.in(() -> queue.get(ResumeTasks.class).execute(CALLER, List.of(order)))
                .get(0)
                .refusal();
    }

    private FireTasks.Result fire(TaskOrder order) {
        return queue.in(() -> queue.get(FireTasks.class).execute(CALLER, List.of(order)))
                .get(0);
    }

    private RescheduleTasks.Result reschedule(TaskOrder order, Cron cron) {
        return queue.in(() -> queue.get(RescheduleTasks.class).execute(CALLER, List.of(new Request(order, cron))))
                .get(0);
    }

    private List<Run> runs(UUID task) {
        RunFilter ofTask = new RunFilter(Set.of(), task, null, null);
        return queue.in(() -> queue.get(Runs.class).page(CALLER, ofTask, 0, 100)).stream()
                .map(one -> one.run())
                .toList();
    }
}

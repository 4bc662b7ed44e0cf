package dev.leasehold.schedule;

import static dev.leasehold.database.Fixture.CALLER;
import static dev.leasehold.database.Fixture.report;
import static dev.leasehold.database.SettableClock.START;
import static org.assertj.core.api.Assertions.assertThat;

import dev.leasehold.api.Cron;
import dev.leasehold.api.Cron.Misfire;
import dev.leasehold.api.Cron.Overlap;
import dev.leasehold.api.NewTask;
import dev.leasehold.api.Outcome;
import dev.leasehold.api.Repeat;
import dev.leasehold.database.Fixture;
import dev.leasehold.queue.PauseOrder;
import dev.leasehold.queue.PauseQueues;
import dev.leasehold.queue.ResumeQueues;
import dev.leasehold.run.Order;
import dev.leasehold.run.Run;
import dev.leasehold.run.RunFilter;
import dev.leasehold.run.RunState;
import dev.leasehold.run.Runs;
import dev.leasehold.schedule.Schedules.Standing;
import dev.leasehold.sql.Claimed;
import dev.leasehold.sql.Database;
import dev.leasehold.task.CancelTasks;
import dev.leasehold.task.PauseTasks;
import dev.leasehold.task.ResumeTasks;
import dev.leasehold.task.SubmitTasks.Submitted;
import dev.leasehold.task.TaskOrder;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Runs of tasks that recur, by hand and on both databases. Every test that says hourly begins on the hour. */
@ParameterizedClass
@EnumSource(Database.class)
class DeriveRunsTest {

    private static final Instant HOUR = Instant.parse("2027-01-01T00:00:00Z");
    private static final Cron HOURLY = Cron.of("@hourly");
    private static final Cron EACH_SECOND = Cron.of("* * * * * *");

    private final Fixture queue;

    DeriveRunsTest(Database database) {
        queue = new Fixture(database);
    }

    @AfterEach
    void verify() {
        try (queue) {
            queue.verify();
        }
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
    void afterADayTheOldestStandsForAll() {
        UUID task = dayOf(Misfire.ONCE);

        Run oldest = runs(task).get(1);
        assertThat(oldest.scheduledAt()).isEqualTo(HOUR.plusSeconds(3600));
        assertThat(oldest.state()).isEqualTo(RunState.READY);
        assertThat(missed(oldest)).contains(24L);
        assertThat(queue.events(oldest.id()).get(1).reason()).isEqualTo("missed: 24");
        assertThat(dropped(task, "misfire")).isEqualTo(4);
        assertThat(standing(task).instants()).isEqualTo(1 + 24 + 4);
        assertThat(standing(task).nextInstant()).isEqualTo(HOUR.plus(Duration.ofHours(25)));
    }

    @Test
    void afterADayNoneRuns() {
        UUID task = dayOf(Misfire.SKIP);

        assertThat(dropped(task, "misfire")).isEqualTo(5);
        assertThat(open(task)).extracting(Run::state).containsOnly(RunState.SCHEDULED);
        assertThat(open(task)).extracting(Run::scheduledAt).first().isEqualTo(HOUR.plus(Duration.ofHours(25)));
    }

    @Test
    void afterADayEachRunsFiveAtATime() {
        UUID task = dayOf(Misfire.ALL);

        assertThat(dropped(task, "misfire")).isZero();
        assertThat(open(task)).hasSize(5).extracting(Run::state).containsOnly(RunState.READY);
        for (int i = 0; i < 10; i++) {
            finishAll();
            pass();
        }
        assertThat(ended(task)).isEqualTo(1 + 24);
        assertThat(open(task)).hasSize(5).extracting(Run::state).containsOnly(RunState.SCHEDULED);
    }

    @Test
    void afterADayTheOldestSevenRun() {
        UUID task = dayOf(Misfire.upTo(7));
        for (int i = 0; i < 10; i++) {
            finishAll();
            pass();
        }

        assertThat(ended(task)).isEqualTo(1 + 7);
        assertThat(runs(task)).extracting(Run::scheduledAt).contains(HOUR.plus(Duration.ofHours(7)));
        assertThat(runs(task)).extracting(Run::scheduledAt).doesNotContain(HOUR.plus(Duration.ofHours(8)));
        assertThat(open(task)).hasSize(5).extracting(Run::state).containsOnly(RunState.SCHEDULED);
    }

    /** An hourly task whose first run ended, and which nobody looks after from then on for a day and half an hour. */
    private UUID dayOf(Misfire misfire) {
        queue.clock.set(HOUR);
        UUID task = submit(HOURLY.misfire(misfire));
        finishAll();
        pass();
        assertThat(open(task)).hasSize(5);
        queue.clock.set(HOUR.plus(Duration.ofMinutes(24 * 60 + 30)));
        pass();
        return task;
    }

    @Test
    void whatIsYoungerThanAMinuteSimplyRuns() {
        UUID task = submit(Cron.of("*/30 * * * * *").misfire(Misfire.SKIP));
        finishAll();
        queue.clock.set(START.plusSeconds(20 + 60));
        pass();

        assertThat(dropped(task, "misfire")).isZero();
        queue.clock.set(START.plusSeconds(20 + 60 + 61));
        pass();
        assertThat(dropped(task, "misfire")).isZero();
        queue.clock.set(START.plusSeconds(20 + 60 + 61 + 91));
        pass();
        assertThat(runs(task))
                .filteredOn(run -> run.scheduledAt().equals(START.plusSeconds(170)))
                .allMatch(run -> run.state() == RunState.CANCELED);
    }

    @Test
    void runsThatOverlapRunBesideOneAnother() {
        UUID task = overlapping(Overlap.ALLOW);

        assertThat(states(task)).containsExactly(RunState.RUNNING, RunState.READY, RunState.READY);
    }

    @Test
    void aRunThatWouldOverlapIsDropped() {
        UUID task = overlapping(Overlap.SKIP);

        assertThat(states(task)).containsExactly(RunState.RUNNING, RunState.CANCELED, RunState.CANCELED);
        assertThat(dropped(task, "overlap")).isEqualTo(2);
        finishRunning();
        queue.clock.set(HOUR.plus(Duration.ofHours(3)));
        pass();
        assertThat(runs(task).get(3).state()).isEqualTo(RunState.READY);
    }

    @Test
    void oneRunWaitsForTheOneBeforeIt() {
        UUID task = overlapping(Overlap.BUFFER_ONE);

        assertThat(states(task)).containsExactly(RunState.RUNNING, RunState.SCHEDULED, RunState.CANCELED);
        assertThat(dropped(task, "overlap")).isEqualTo(1);
        queue.clock.advance(Duration.ofMinutes(30));
        finishRunning();
        pass();
        assertThat(runs(task).get(1).state()).as("waiting is not missing").isEqualTo(RunState.READY);
    }

    @Test
    void theRunBeforeItIsCanceled() {
        UUID task = overlapping(Overlap.CANCEL_PREVIOUS);

        assertThat(states(task)).containsExactly(RunState.CANCELED, RunState.CANCELED, RunState.READY);
        assertThat(dropped(task, "overlap")).isEqualTo(2);
        assertThat(queue.attempts(runs(task).get(0).id()).get(0).error()).isEqualTo("canceled: overlap");
    }

    /** An hourly task whose first run goes on while two more instants come. */
    private UUID overlapping(Overlap overlap) {
        queue.clock.set(HOUR);
        UUID task = submit(HOURLY.overlap(overlap));
        assertThat(queue.claim(10, "t")).hasSize(1);
        for (int i = 1; i <= 2; i++) {
            queue.clock.set(HOUR.plus(Duration.ofHours(i)));
            pass();
        }
        assertThat(runs(task)).hasSizeGreaterThanOrEqualTo(5);
        return task;
    }

    private List<RunState> states(UUID task) {
        return runs(task).stream().limit(3).map(Run::state).toList();
    }

    @Test
    void aCanceledTaskGetsNoFurtherRun() {
        UUID task = submit(EACH_SECOND);
        finishAll();
        queue.clock.set(START.plusSeconds(1));
        pass();
        finishAll();
        pass();
        queue.in(() -> queue.get(CancelTasks.class).execute(CALLER, List.of(task)));
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

    private UUID submit(Cron cron) {
        return queue.submit(NewTask.of("t").cron(cron)).get(0).taskId();
    }

    private int derive() {
        return queue.in(() -> queue.get(DeriveRuns.class).execute(CALLER, List.of(500)))
                .get(0);
    }

    /** What the timers do until nothing more is due. */
    private void pass() {
        for (int i = 0; i < 5 && derive() > 0; i++) {
            queue.promote(10_000);
        }
        assertThat(derive()).as("schedules that find no rest").isZero();
    }

    private void finishAll() {
        List<Claimed> claimed = new ArrayList<>(queue.claim(1000, "t"));
        claimed.forEach(one -> queue.finish(report(one, Outcome.success())));
    }

    private void finishRunning() {
        queue.tamper("update leasehold.lease set expiry = timestamp with time zone '2020-01-01 00:00:00+00'");
        queue.expire();
        queue.in(() -> queue.get(Runs.class)
                        .page(CALLER, new RunFilter(Set.of(RunState.RETRY_WAIT), null, null, null), 0, 9))
                .forEach(run -> queue.cancel(Order.of(run.run().id())));
    }

    private List<Run> runs(UUID task) {
        RunFilter ofTask = new RunFilter(Set.of(), task, null, null);
        return queue.in(() -> queue.get(Runs.class).page(CALLER, ofTask, 0, 5000)).stream()
                .map(one -> one.run())
                .toList();
    }

    private List<Run> open(UUID task) {
        return runs(task).stream().filter(run -> !run.state().terminal()).toList();
    }

    private long ended(UUID task) {
        return runs(task).stream()
                .filter(run -> run.state() == RunState.COMPLETED)
                .count();
    }

    private long count(UUID task) {
        return queue.in(() -> queue.get(Runs.class).countOf(CALLER, task));
    }

    private long dropped(UUID task, String reason) {
        return runs(task).stream()
                .filter(run -> run.state() == RunState.CANCELED)
                .filter(run -> {
                    var events = queue.events(run.id());
                    return reason.equals(events.get(events.size() - 1).reason());
                })
                .count();
    }

    private java.util.Optional<Long> missed(Run run) {
        return queue.in(() -> queue.get(Schedules.class).missed(CALLER, run.id()));
    }

    private Standing standing(UUID task) {
        return queue.in(() -> queue.get(Schedules.class).of(CALLER, List.of(task)))
                .get(task);
    }

    private static List<Instant> seconds(long from, long to) {
        return LongStream.rangeClosed(from, to).mapToObj(Instant::ofEpochSecond).toList();
    }
}

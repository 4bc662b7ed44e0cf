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
import dev.leasehold.queue.PauseOrder;
import dev.leasehold.queue.PauseQueues;
import dev.leasehold.queue.ResumeQueues;
import dev.leasehold.run.Run;
import dev.leasehold.run.RunState;
import dev.leasehold.sql.Claimed;
import dev.leasehold.sql.Database;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What becomes of instants that were missed, and of runs that overlap, on both databases. */
@ParameterizedClass
@EnumSource(Database.class)
class PoliciesTest extends Recurring {

    PoliciesTest(Database database) {
        super(database);
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

        queue.clock.set(HOUR.plus(Duration.ofHours(25)));
        pass();
        queue.clock.set(HOUR.plus(Duration.ofMinutes(49 * 60 + 30)));
        for (int i = 0; i < 10; i++) {
            pass();
            finishAll();
        }
        assertThat(ended(task)).as("another day begins anew").isEqualTo(1 + 7 + 1 + 7);
    }

    @Test
    void aPauseDoesNotRenewWhatMayStillRun() {
        UUID task = dayOf(Misfire.upTo(7));
        List<Claimed> claimed = queue.claim(2, "t");
        queue.in(() -> queue.get(PauseQueues.class).execute(CALLER, List.of(new PauseOrder("default", null))));
        claimed.forEach(one -> queue.finish(report(one, Outcome.success())));
        pass();
        queue.in(() -> queue.get(ResumeQueues.class).execute(CALLER, List.of(new PauseOrder("default", null))));
        for (int i = 0; i < 10; i++) {
            pass();
            finishAll();
        }

        assertThat(ended(task)).isEqualTo(1 + 7);
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

    /** To walk through these thousand million seconds would take minutes, in one transaction. */
    @ParameterizedTest
    @EnumSource(Overlap.class)
    @Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void manyYearsThatWereMissedAreNotWalkedThrough(Overlap overlap) {
        queue.clock.set(HOUR);
        NewTask since1970 = NewTask.of("t").scheduledAt(Instant.EPOCH);
        UUID once = queue.submit(since1970.cron(
                        EACH_SECOND.in("Europe/Vienna").overlap(overlap).atMost(2_000_000_000)))
                .get(0)
                .taskId();
        UUID skip = queue.submit(since1970.cron(EACH_SECOND.overlap(overlap).misfire(Misfire.SKIP)))
                .get(0)
                .taskId();
        UUID bounded = queue.submit(since1970.cron(EACH_SECOND.overlap(overlap).atMost(1_000_000)))
                .get(0)
                .taskId();
        pass();

        long missed = HOUR.getEpochSecond() - 60;
        if (overlap == Overlap.ALLOW || overlap == Overlap.SKIP) {
            assertThat(missed(runs(once).get(0))).contains(missed);
            assertThat(missed(runs(bounded).get(0))).contains(1_000_000L);
        }
        assertThat(standing(once).instants()).isGreaterThan(missed + 60);
        assertThat(runs(skip).get(0).scheduledAt()).isAfterOrEqualTo(HOUR.minusSeconds(60));
        assertThat(standing(skip).instants()).isGreaterThan(missed + 60);
        assertThat(standing(bounded).instants()).isEqualTo(1_000_000);
        assertThat(standing(bounded).ended()).isTrue();
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
    void aRunThatWaitsForTheOneBeforeItStillStandsForWhatWasMissed() {
        queue.clock.set(HOUR);
        UUID task = submit(HOURLY.overlap(Overlap.BUFFER_ONE));
        assertThat(queue.claim(1, "t")).hasSize(1);
        queue.clock.set(HOUR.plus(Duration.ofMinutes(9 * 60 + 30)));
        pass();
        Run waiting = runs(task).get(1);
        assertThat(missed(waiting)).contains(9L);
        queue.clock.set(HOUR.plus(Duration.ofHours(10)));
        pass();
        finishRunning();
        pass();

        assertThat(queue.row(waiting.id()).state()).isEqualTo(RunState.READY);
        assertThat(missed(waiting)).contains(9L);
        assertThat(queue.events(waiting.id()).get(1).reason()).isEqualTo("missed: 9");
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
        UUID task = submit(HOURLY.overlap(overlap).misfire(Misfire.SKIP));
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
}

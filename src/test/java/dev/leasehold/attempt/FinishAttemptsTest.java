package dev.leasehold.attempt;

import static dev.leasehold.database.Fixture.report;
import static dev.leasehold.database.SettableClock.START;
import static org.assertj.core.api.Assertions.assertThat;

import dev.leasehold.api.Backoff;
import dev.leasehold.api.NewTask;
import dev.leasehold.api.Outcome;
import dev.leasehold.api.Payload;
import dev.leasehold.attempt.FinishAttempts.Report;
import dev.leasehold.attempt.FinishAttempts.Result;
import dev.leasehold.database.Fixture;
import dev.leasehold.database.Race;
import dev.leasehold.fault.Fault;
import dev.leasehold.run.Run;
import dev.leasehold.run.RunEvent;
import dev.leasehold.run.RunNotFound;
import dev.leasehold.run.RunState;
import dev.leasehold.run.Step;
import dev.leasehold.sql.Claimed;
import dev.leasehold.sql.Database;
import dev.leasehold.tenant.Caller;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource(Database.class)
class FinishAttemptsTest {

    private static final Payload OUTPUT = Payload.of("x/y", Payload.Form.BASE64, new byte[] {0, -1, 7});

    private final Fixture queue;

    FinishAttemptsTest(Database database) {
        queue = new Fixture(database);
    }

    @AfterEach
    void verify() {
        try (queue) {
            queue.verify();
        }
    }

    @Test
    void everyKindOfOutcomeMovesItsRunAndIsRecorded() {
        Map<Outcome.Kind, RunState> targets = new EnumMap<>(Map.of(
                Outcome.Kind.SUCCESS, RunState.COMPLETED,
                Outcome.Kind.RETRYABLE_FAILURE, RunState.RETRY_WAIT,
                Outcome.Kind.TERMINAL_FAILURE, RunState.FAILED,
                Outcome.Kind.TIMEOUT, RunState.RETRY_WAIT,
                Outcome.Kind.SUSPENDED, RunState.SUSPENDED));
        for (Outcome.Kind kind : Outcome.Kind.values()) {
            Claimed claimed = started(NewTask.of("mail"));
            queue.clock.advance(Duration.ofSeconds(2));
            Outcome outcome = outcome(kind);

            Result result = queue.finish(report(claimed, outcome)).get(0);

            assertThat(result.refusal()).isNull();
            assertThat(result.state()).isEqualTo(targets.get(kind));
            Run run = queue.row(claimed.runId());
            assertThat(run.state()).isEqualTo(targets.get(kind));
            assertThat(run.dueAt()).isEqualTo(result.nextAttemptAt());
            assertThat(queue.leaseOf(run.id())).isEmpty();
            assertEvent(claimed, run.state(), result.nextAttemptAt());
            assertRecord(claimed, outcome);
        }
    }

    private static Outcome outcome(Outcome.Kind kind) {
        boolean failed = !kind.equals(Outcome.Kind.SUCCESS) && !kind.equals(Outcome.Kind.SUSPENDED);
        return new Outcome(kind, failed ? "because" : null, failed ? null : OUTPUT, null);
    }

    private void assertEvent(Claimed claimed, RunState target, @Nullable Instant dueAt) {
        RunEvent event = queue.events(claimed.runId()).get(2);
        assertThat(event.type()).isEqualTo("attempt.finished");
        assertThat(event.steps()).containsExactly(new Step(RunState.RUNNING, target));
        assertThat(event.attemptId()).isEqualTo(claimed.attemptId());
        assertThat(event.attemptNumber()).isEqualTo(1);
        assertThat(event.fence()).isEqualTo(1);
        assertThat(event.dueAt()).isEqualTo(dueAt);
    }

    private void assertRecord(Claimed claimed, Outcome outcome) {
        AttemptRecord attempt = queue.attempts(claimed.runId()).get(0);
        assertThat(attempt.attemptId()).isEqualTo(claimed.attemptId());
        assertThat(attempt.result()).isEqualTo(outcome.kind().result());
        assertThat(attempt.error()).isEqualTo(outcome.error());
        assertThat(attempt.output()).isEqualTo(outcome.output());
        assertThat(attempt.finishedAt()).isEqualTo(attempt.startedAt().plusSeconds(2));
    }

    @Test
    void failuresAreRetriedUpToTheCapAndNoFurther() {
        Backoff backoff = new Backoff(Backoff.Strategy.EXPONENTIAL, Duration.ofSeconds(10), 3, Duration.ofHours(1), 0);
        UUID run = queue.run(NewTask.of("mail").maxAttempts(4).backoff(backoff));
        for (int wait : new int[] {10, 30, 90}) {
            Result result = queue.finish(report(queue.claim(1, "mail").get(0), Outcome.retry("no")))
                    .get(0);
            assertThat(result.state()).isEqualTo(RunState.RETRY_WAIT);
            assertThat(result.nextAttemptAt()).isEqualTo(queue.clock.instant().plusSeconds(wait));
            queue.clock.advance(Duration.ofSeconds(wait));
            assertThat(queue.promote(1)).isEqualTo(1);
        }

        Result last = queue.finish(report(queue.claim(1, "mail").get(0), Outcome.retry("no")))
                .get(0);

        assertThat(last.state()).isEqualTo(RunState.FAILED);
        assertThat(last.nextAttemptAt()).isNull();
        assertThat(queue.row(run).attemptsStarted()).isEqualTo(4);
        queue.clock.advance(Duration.ofDays(9));
        assertThat(queue.promote(1)).isZero();
        assertThat(queue.claim(1, "mail")).isEmpty();
    }

    @Test
    void theOutcomesOwnDelayOverridesTheBackoff() {
        Claimed claimed = started(NewTask.of("mail"));

        Result result = queue.finish(report(claimed, Outcome.retry("no", Duration.ofHours(24))))
                .get(0);

        assertThat(result.nextAttemptAt()).isEqualTo(START.plusSeconds(86_400));
        assertThat(queue.row(claimed.runId()).dueAt()).isEqualTo(START.plusSeconds(86_400));
        assertThat(queue.row(claimed.runId()).scheduledAt()).isEqualTo(START);
    }

    @Test
    void aSnoozeUsesNoAttempt() {
        UUID run = queue.run(NewTask.of("mail").maxAttempts(2).retryEvery(Duration.ZERO));
        for (int i = 1; i <= 3; i++) {
            Claimed claimed = queue.claim(1, "mail").get(0);
            assertThat(claimed.attemptsStarted()).isEqualTo(i);
            queue.finish(report(claimed, Outcome.snooze(Duration.ZERO)));
            assertThat(queue.promote(1)).isEqualTo(1);
        }
        Claimed fourth = queue.claim(1, "mail").get(0);
        assertThat(List.of(fourth.attemptsStarted(), fourth.attemptsSuspended()))
                .isEqualTo(List.of(4, 3));
        assertThat(queue.finish(report(fourth, Outcome.retry("no"))).get(0).state())
                .isEqualTo(RunState.RETRY_WAIT);
        queue.promote(1);
        Claimed fifth = queue.claim(1, "mail").get(0);
        assertThat(queue.finish(report(fifth, Outcome.retry("no"))).get(0).state())
                .isEqualTo(RunState.FAILED);

        assertThat(queue.row(run).attemptsSuspended()).isEqualTo(3);
        assertThat(queue.attempts(run))
                .extracting(AttemptRecord::result)
                .containsExactly("Suspended", "Suspended", "Suspended", "Failure", "Failure");
    }

    /** Java takes an id that begins so for a negative number, databases for a great one. */
    @Test
    void reportsAreHeardWhateverTheIdsOfTheirRuns() {
        List<UUID> runs =
                Stream.generate(() -> queue.run(NewTask.of("mail"))).limit(3).toList();
        UUID great = UUID.fromString("ffffffff-0000-7000-8000-000000000001");
        String ofFirst = " where run_id = '" + runs.get(0) + "'";
        queue.tamper("update leasehold.event set run_id = '" + great + "'" + ofFirst);
        queue.tamper(
                "update leasehold.run set run_id = '" + great + "', claim_lane = null, parked_on = null" + ofFirst);
        queue.tamper("update leasehold.run set claim_lane = lane_id, parked_on = null where run_id = '" + great + "'");
        List<Claimed> claimed = queue.claim(3, "mail");

        List<Result> results = queue.finish(
                claimed.stream().map(run -> report(run, Outcome.success())).toArray(Report[]::new));

        assertThat(results).extracting(Result::state).containsOnly(RunState.COMPLETED);
        assertThat(claimed).extracting(Claimed::runId).contains(great);
    }

    @Test
    void anotherOwnerFenceAttemptOrRunIsRefusedAndChangesNothing() {
        Claimed one = started(NewTask.of("mail"));
        Claimed other = started(NewTask.of("mail"));
        Report good = report(one, Outcome.success());

        refused("lease_lost", new Report("v", one.runId(), one.attemptId(), 1, good.outcome(), good.terms()));
        refused("lease_lost", new Report("w", one.runId(), one.attemptId(), 0, good.outcome(), good.terms()));
        refused("lease_lost", new Report("w", one.runId(), one.attemptId(), 2, good.outcome(), good.terms()));
        refused("attempt_mismatch", new Report("w", one.runId(), other.attemptId(), 1, good.outcome(), good.terms()));
        refused("attempt_mismatch", new Report("w", other.runId(), one.attemptId(), 1, good.outcome(), good.terms()));
        refused("run_not_found", new Report("w", new UUID(3, 3), one.attemptId(), 1, good.outcome(), good.terms()));
        assertThat(queue.finish(good).get(0).state()).isEqualTo(RunState.COMPLETED);
    }

    @Test
    void aRunThatIsOnlyLeasedCannotBeFinished() {
        queue.run(NewTask.of("mail"));
        Claimed leased = queue.lease(1, "mail").get(0);

        refused("no_active_attempt", new Report("w", leased.runId(), new UUID(5, 5), 1, Outcome.success(), null));
    }

    @Test
    void theSameReportAgainIsAnsweredAsBeforeAndAnotherIsRefused() {
        for (Outcome.Kind first : Outcome.Kind.values()) {
            Claimed claimed = started(NewTask.of("mail"));
            Result heard = queue.finish(report(claimed, outcome(first))).get(0);
            for (Outcome.Kind second : Outcome.Kind.values()) {
                if (second == first) {
                    String before = queue.dump();
                    assertThat(queue.finish(report(claimed, outcome(second))))
                            .containsExactly(new Result(heard.state(), null, true, null));
                    assertThat(queue.dump()).isEqualTo(before);
                } else {
                    refused("no_active_attempt", report(claimed, outcome(second)));
                }
            }
            refused("lease_lost", new Report("v", claimed.runId(), claimed.attemptId(), 1, outcome(first), null));
            refused("lease_lost", new Report("w", claimed.runId(), claimed.attemptId(), 2, outcome(first), null));
        }
    }

    @Test
    void aReportIsRecognisedWhateverTheRunDidSince() {
        UUID run = queue.run(NewTask.of("mail").retryEvery(Duration.ZERO));
        Claimed early = queue.claim(1, "mail").get(0);
        queue.finish(report(early, Outcome.retry("no")));
        queue.promote(1);
        queue.claim(1, "mail");

        assertThat(queue.finish(report(early, Outcome.retry("no"))))
                .containsExactly(new Result(RunState.RETRY_WAIT, null, true, null));
        assertThat(queue.row(run).state()).isEqualTo(RunState.RUNNING);
    }

    @Test
    void termsThatTheReportDoesNotCarryAreLookedUp() {
        Claimed claimed = started(NewTask.of("mail").maxAttempts(1));

        assertThat(queue.finish(new Report("w", claimed.runId(), claimed.attemptId(), 1, Outcome.retry("no"), null)))
                .containsExactly(new Result(RunState.FAILED, null, false, null));
    }

    @Test
    void aResultAfterTheDeadlineIsATimeoutWhateverItSaysButNotASuspension() {
        for (Outcome.Kind kind : Outcome.Kind.values()) {
            Claimed claimed = started(NewTask.of("mail").timeout(Duration.ofMillis(1500)));
            queue.clock.advance(Duration.ofMillis(1501));
            queue.finish(report(claimed, outcome(kind)));

            AttemptRecord attempt = queue.attempts(claimed.runId()).get(0);
            boolean suspended = kind == Outcome.Kind.SUSPENDED;
            assertThat(attempt.result()).isEqualTo(suspended ? "Suspended" : "Timeout");
            assertThat(attempt.error()).isEqualTo(suspended ? null : "attempt timed out after 1.5s");
        }
    }

    @Test
    void aResultAtTheDeadlineCountsAsItIs() {
        Claimed claimed = started(NewTask.of("mail").timeout(Duration.ofSeconds(2)));
        queue.clock.advance(Duration.ofSeconds(2));

        assertThat(queue.finish(report(claimed, Outcome.success())).get(0).state())
                .isEqualTo(RunState.COMPLETED);
    }

    @Test
    void anAttemptOfAnEarlierLeaseIsRefused() {
        queue.run(NewTask.of("mail").retryEvery(Duration.ZERO));
        Claimed early = queue.claim(1, "mail").get(0);
        queue.finish(report(early, Outcome.retry("no")));
        queue.promote(1);
        queue.claim(1, "mail");

        refused("no_active_attempt", report(early, Outcome.success()));
    }

    @Test
    void anotherTenantIsRefused() {
        Claimed claimed = started(NewTask.of("mail"));
        Caller stranger = new Caller(new UUID(1, 1), "stranger");
        String before = queue.dump();

        Result result = queue.in(() ->
                        queue.get(FinishAttempts.class).execute(stranger, List.of(report(claimed, Outcome.success()))))
                .get(0);

        assertThat(result.refusal()).isInstanceOf(RunNotFound.class);
        assertThat(queue.dump()).isEqualTo(before);
    }

    @Test
    void anErrorIsCleanedAndCut() {
        Claimed claimed = started(NewTask.of("mail"));

        queue.finish(report(claimed, Outcome.fail("a\0b\uD800c \uD83D\uDE00" + "x".repeat(9000))));

        assertThat(queue.attempts(claimed.runId()).get(0).error())
                .startsWith("a\uFFFDb\uFFFDc \uD83D\uDE00x")
                .hasSize(ErrorText.LONGEST);
    }

    @Test
    void aBatchMixesGoodAndBadAndIsAnsweredInOrder() {
        Claimed first = started(NewTask.of("mail"));
        Claimed second = started(NewTask.of("mail").retryEvery(Duration.ofSeconds(3)));
        Claimed third = started(NewTask.of("mail"));
        Report stale = new Report("w", first.runId(), first.attemptId(), 9, Outcome.success(), null);

        List<Result> results = queue.finish(
                report(third, Outcome.success(OUTPUT)),
                stale,
                report(second, Outcome.retry("no")),
                report(third, Outcome.fail("twin")),
                report(first, Outcome.snooze(Duration.ofSeconds(1))));

        assertThat(results)
                .extracting(Result::state)
                .containsExactly(RunState.COMPLETED, null, RunState.RETRY_WAIT, null, RunState.SUSPENDED);
        assertThat(results).extracting(one -> one.refusal() == null).containsExactly(true, false, true, false, true);
        assertThat(results.get(2).nextAttemptAt()).isEqualTo(START.plusSeconds(3));
        assertThat(queue.attempts(third.runId()))
                .singleElement()
                .satisfies(attempt -> assertThat(attempt.output()).isEqualTo(OUTPUT));
        assertThat(queue.attempts(second.runId()).get(0).error()).isEqualTo("no");
    }

    @Test
    void anEmptyBatchIsAnsweredEmpty() {
        assertThat(queue.finish()).isEmpty();
    }

    @Test
    void eightFinishersAtOnceFinishOnce() {
        Claimed claimed = started(NewTask.of("mail"));

        List<Result> results = Race.of(
                8,
                number -> queue.finish(report(claimed, number % 2 == 0 ? Outcome.success() : Outcome.retry("no")))
                        .get(0));

        assertThat(results)
                .filteredOn(one -> one.refusal() == null && !one.duplicate())
                .hasSize(1);
        assertThat(results).filteredOn(Result::duplicate).hasSize(3);
        assertThat(queue.attempts(claimed.runId())).hasSize(1);
    }

    @Test
    void anAttemptNeverEndsBeforeItBegan() {
        Claimed claimed = started(NewTask.of("mail"));
        queue.clock.set(START.minusSeconds(50));

        queue.finish(report(claimed, Outcome.success()));

        assertThat(queue.attempts(claimed.runId()).get(0).finishedAt()).isEqualTo(START);
    }

    private Claimed started(NewTask task) {
        UUID run = queue.run(task);
        Claimed claimed = queue.claim(1, task.type()).get(0);
        assertThat(claimed.runId()).isEqualTo(run);
        return claimed;
    }

    private void refused(String code, Report report) {
        String before = queue.dump();

        Result result = queue.finish(report).get(0);

        assertThat(result.state()).isNull();
        assertThat(result.nextAttemptAt()).isNull();
        assertThat(result.refusal()).extracting(Fault::code).isEqualTo(code);
        assertThat(queue.dump()).isEqualTo(before);
    }
}

package dev.leasehold.run;

import static dev.leasehold.database.Fixture.CALLER;
import static dev.leasehold.database.Fixture.report;
import static dev.leasehold.database.SettableClock.START;
import static org.assertj.core.api.Assertions.assertThat;

import dev.leasehold.api.NewTask;
import dev.leasehold.api.Outcome;
import dev.leasehold.attempt.AttemptRecord;
import dev.leasehold.database.Fixture;
import dev.leasehold.database.Race;
import dev.leasehold.fault.Fault;
import dev.leasehold.sql.Claimed;
import dev.leasehold.sql.Database;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource(Database.class)
class OrdersTest {

    private final Fixture queue;

    OrdersTest(Database database) {
        queue = new Fixture(database);
    }

    @AfterEach
    void verify() {
        try (queue) {
            queue.verify();
        }
    }

    @Test
    void aRunCanBeCanceledFromEveryLiveState() {
        for (RunState state : RunState.values()) {
            if (!state.terminal()) {
                UUID run = in(state);
                assertThat(cancel(run)).isEqualTo(CancelRuns.Status.CANCELED);
                assertThat(queue.row(run).state()).isEqualTo(RunState.CANCELED);
                assertThat(queue.leaseOf(run)).isEmpty();
                assertThat(cancel(run)).isEqualTo(CancelRuns.Status.ALREADY_CANCELED);
            }
        }
    }

    @Test
    void aRunThatHasEndedIsNotCanceled() {
        for (RunState state : List.of(RunState.COMPLETED, RunState.FAILED)) {
            UUID run = in(state);
            String before = queue.dump();
            assertThat(cancel(run)).isEqualTo(CancelRuns.Status.ALREADY_TERMINAL);
            assertThat(queue.dump()).isEqualTo(before);
        }
        assertThat(queue.cancel(Order.of(new UUID(3, 3))).get(0).refusal()).isInstanceOf(RunNotFound.class);
    }

    @Test
    void anOpenAttemptIsClosedWithoutAResult() {
        UUID run = in(RunState.RUNNING);
        queue.clock.advance(Duration.ofSeconds(3));

        queue.cancel(new Order(run, null, "no longer wanted"));

        AttemptRecord attempt = queue.attempts(run).get(0);
        assertThat(attempt.result()).isNull();
        assertThat(attempt.error()).isEqualTo("canceled: no longer wanted");
        assertThat(attempt.finishedAt()).isEqualTo(START.plusSeconds(3));
        assertThat(queue.events(run).get(queue.events(run).size() - 1).reason()).isEqualTo("no longer wanted");
    }

    @Test
    void aSuspendedRunResumesAndNoOther() {
        for (RunState state : RunState.values()) {
            UUID run = in(state);
            Fault refusal =
                    refusal(queue.in(() -> queue.get(ResumeRuns.class).execute(CALLER, List.of(Order.of(run)))));
            if (state == RunState.SUSPENDED) {
                assertThat(refusal).isNull();
                assertThat(queue.row(run).state()).isEqualTo(RunState.READY);
                assertThat(queue.row(run).dueAt()).isNull();
            } else {
                assertThat(refusal.message())
                        .isEqualTo("run-resume rejected for run " + run + ": run must be Suspended, observed "
                                + state.word());
            }
        }
    }

    @Test
    void thePriorityOfAReadyRunChangesAndARetryKeepsIt() {
        UUID run = in(RunState.READY);
        assertThat(refusal(prioritize(run, 7))).isNull();
        UUID other = queue.run(NewTask.of("other").priority(5));

        List<Claimed> best = queue.claim(1, "ready", "other");
        assertThat(best).extracting(Claimed::runId).containsExactly(run);
        assertThat(refusal(prioritize(run, 8)).message())
                .isEqualTo("run " + run + " priority can only be updated in Ready state (current: Running)");
        queue.finish(report(best.get(0), Outcome.retry("no", Duration.ZERO)));
        queue.promote(5);
        assertThat(queue.row(run).priority()).isEqualTo(7);
        assertThat(queue.row(other).priority()).isEqualTo(5);
    }

    @Test
    void aHeldRunIsNotClaimedUntilItIsLetGo() {
        for (RunState state : List.of(RunState.SCHEDULED, RunState.READY, RunState.RETRY_WAIT)) {
            UUID run = in(state);
            String type = state.snake();
            assertThat(refusal(hold(run))).isNull();
            assertThat(refusal(hold(run)).message()).isEqualTo("run " + run + " is held already");
            queue.clock.advance(Duration.ofDays(1));
            queue.promote(10);
            assertThat(queue.row(run).state()).isEqualTo(RunState.READY);
            assertThat(queue.claim(5, type)).isEmpty();

            assertThat(refusal(unhold(run))).isNull();
            assertThat(queue.claim(5, type)).extracting(Claimed::runId).containsExactly(run);
            assertThat(refusal(unhold(run)).message()).isEqualTo("run " + run + " is not held");
            assertThat(refusal(hold(run)).code()).isEqualTo("invalid_state");
        }
    }

    @Test
    void aHeldRunThatIsCanceledIsHeldNoLonger() {
        UUID run = in(RunState.READY);
        hold(run);
        cancel(run);

        assertThat(queue.row(run).held()).isFalse();
        assertThat(refusal(unhold(run)).code()).isEqualTo("invalid_state");
    }

    @Test
    void anOrderForAnotherVersionIsRefusedAndChangesNothing() {
        UUID run = in(RunState.READY);
        String before = queue.dump();

        Fault refusal = queue.cancel(new Order(run, 9, null)).get(0).refusal();
        assertThat(refusal.code()).isEqualTo("sequence_conflict");
        assertThat(refusal.details()).containsEntry("expected", 9).containsEntry("found", 1);
        assertThat(queue.dump()).isEqualTo(before);
        assertThat(queue.cancel(new Order(run, 1, null)).get(0).status()).isEqualTo(CancelRuns.Status.CANCELED);
    }

    @Test
    void aBatchIsAnsweredInOrderAndATwinAsIfItCameLater() {
        UUID first = in(RunState.READY);
        UUID second = in(RunState.COMPLETED);

        assertThat(queue.cancel(Order.of(first), Order.of(new UUID(3, 3)), Order.of(second), Order.of(first)))
                .extracting(CancelRuns.Result::status)
                .containsExactly(
                        CancelRuns.Status.CANCELED,
                        null,
                        CancelRuns.Status.ALREADY_TERMINAL,
                        CancelRuns.Status.ALREADY_CANCELED);
    }

    @Test
    void cancelAndFinishAtOnceAgree() {
        for (int i = 0; i < 20; i++) {
            queue.run(NewTask.of("mail"));
            Claimed claimed = queue.claim(1, "mail").get(0);

            List<Object> results = Race.of(
                    2,
                    number -> number == 0
                            ? cancel(claimed.runId())
                            : queue.finish(report(claimed, Outcome.success()))
                                            .get(0)
                                            .state()
                                    == RunState.COMPLETED);

            boolean canceled = results.get(0) == CancelRuns.Status.CANCELED;
            assertThat(results.get(1)).isEqualTo(!canceled);
            assertThat(queue.row(claimed.runId()).state()).isEqualTo(canceled ? RunState.CANCELED : RunState.COMPLETED);
            assertThat(queue.attempts(claimed.runId())).hasSize(1);
        }
    }

    private CancelRuns.Status cancel(UUID run) {
        return queue.cancel(Order.of(run)).get(0).status();
    }

    private List<Orders.Result> prioritize(UUID run, int priority) {
        return queue.in(() -> queue.get(PrioritizeRuns.class)
                .execute(CALLER, List.of(new PrioritizeRuns.Request(Order.of(run), priority))));
    }

    private List<Orders.Result> hold(UUID run) {
        return queue.in(() -> queue.get(HoldRuns.class).execute(CALLER, List.of(Order.of(run))));
    }

    private List<Orders.Result> unhold(UUID run) {
        return queue.in(() -> queue.get(UnholdRuns.class).execute(CALLER, List.of(Order.of(run))));
    }

    private static Fault refusal(List<Orders.Result> results) {
        return results.get(0).refusal();
    }

    /** A run in that state, of a task whose type is the state's name. */
    private UUID in(RunState state) {
        NewTask task = NewTask.of(state.snake()).maxAttempts(3);
        if (state == RunState.SCHEDULED) {
            return queue.run(task.scheduledAt(queue.clock.instant().plusSeconds(60)));
        }
        UUID run = queue.run(task);
        switch (state) {
            case READY -> {}
            case LEASED -> queue.lease(1, state.snake());
            case CANCELED -> queue.cancel(Order.of(run));
            default -> begin(state);
        }
        assertThat(queue.row(run).state()).isEqualTo(state);
        return run;
    }

    private void begin(RunState state) {
        Claimed claimed = queue.claim(1, state.snake()).get(0);
        switch (state) {
            case RETRY_WAIT -> queue.finish(report(claimed, Outcome.retry("no")));
            case SUSPENDED -> queue.finish(report(claimed, Outcome.snooze(Duration.ofHours(1))));
            case COMPLETED -> queue.finish(report(claimed, Outcome.success()));
            case FAILED -> queue.finish(report(claimed, Outcome.fail("never")));
            default -> {}
        }
    }
}

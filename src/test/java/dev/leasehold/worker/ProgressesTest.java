package dev.leasehold.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.leasehold.api.Attempt;
import dev.leasehold.api.HandlerExtension;
import dev.leasehold.api.HandlerTransaction;
import dev.leasehold.api.NewTask;
import dev.leasehold.api.Outcome;
import dev.leasehold.database.Fixture;
import dev.leasehold.fault.Unavailable;
import dev.leasehold.lease.Progress;
import dev.leasehold.sql.Claimed;
import dev.leasehold.sql.Database;
import dev.leasehold.sql.Transactions;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ProgressesTest {

    private final Fixture queue = new Fixture(Database.H2);
    private final LossyTransactions transactions = new LossyTransactions(queue.transactions);
    private OneHandler.Work handler = attempt -> Outcome.success();

    @BeforeEach
    void begin() {
        queue.put(Transactions.class, transactions);
        queue.put(
                HandlerExtension.class,
                new OneHandler("order", HandlerTransaction.WITH_COMPLETION, attempt -> handler.run(attempt)));
        queue.activate();
    }

    @AfterEach
    void verify() {
        try (queue) {
            queue.verify();
        }
    }

    @Test
    void theLastWordIsStoredOnce() {
        attempt(attempt -> {
            attempt.progress(0, null);
            attempt.progress(30, "a third");
            assertThat(store()).isEqualTo(1);
            assertThat(progress(attempt)).isEqualTo(new Progress(30, "a third", queue.clock.instant()));
            assertThat(store()).isZero();
            attempt.progress(100, null);
            assertThat(store()).isEqualTo(1);
            assertThat(progress(attempt)).isEqualTo(new Progress(100, null, queue.clock.instant()));
        });
    }

    @Test
    void whatCannotBeStoredIsNewsAgain() {
        attempt(attempt -> {
            attempt.progress(30, null);
            transactions.refuseNext();
            assertThatThrownBy(this::store).hasCauseInstanceOf(Unavailable.class);
            assertThat(store()).isEqualTo(1);
            assertThat(progress(attempt).percent()).isEqualTo(30);
        });
    }

    @Test
    void anAttemptThatHasToStopIsNotHeard() {
        attempt(attempt -> {
            attempt.progress(30, null);
            queue.get(InHand.class).stop(Map.of(attempt.runId(), attempt.fence()));
            assertThat(store()).isZero();
        });
    }

    @Test
    void whatIsSaidAfterItsEndIsNotHeard() {
        Claimed claimed = claimed();
        Attempt[] over = new Attempt[1];
        handler = attempt -> {
            over[0] = attempt;
            return Outcome.retry("not yet");
        };
        queue.get(HandlerCall.class).call(claimed);
        over[0].progress(30, null);

        assertThat(store()).isZero();
    }

    @Test
    void aMessageIsMadeFitAndAPercentageIsOne() {
        attempt(attempt -> {
            attempt.progress(1, "\0" + "x".repeat(300));
            store();
            assertThat(progress(attempt).message()).isEqualTo("\uFFFD" + "x".repeat(254));
            for (int wrong : List.of(-1, 101)) {
                assertThatIllegalArgumentException()
                        .isThrownBy(() -> attempt.progress(wrong, null))
                        .withMessage("progress must be between 0 and 100 percent, got: " + wrong);
            }
        });
    }

    /** What an attempt does. */
    @FunctionalInterface
    private interface Steps {
        void run(Attempt attempt);
    }

    private void attempt(Steps steps) {
        Claimed claimed = claimed();
        handler = attempt -> {
            steps.run(attempt);
            return Outcome.success();
        };
        assertThat(queue.get(HandlerCall.class).call(claimed)).isNull();
    }

    private Claimed claimed() {
        queue.run(NewTask.of("order"));
        return queue.get(Round.class).run(List.of(), 1, Queues.ALL).get(0);
    }

    /** By another thread, as a timer's. */
    private int store() {
        return CompletableFuture.supplyAsync(queue.get(Progresses.class)::store).join();
    }

    private Progress progress(Attempt attempt) {
        return CompletableFuture.supplyAsync(
                        () -> queue.leaseOf(attempt.runId()).orElseThrow().progress())
                .join();
    }
}

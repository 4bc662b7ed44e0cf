package dev.leasehold.worker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.leasehold.api.HandlerExtension;
import dev.leasehold.api.HandlerTransaction;
import dev.leasehold.api.NewTask;
import dev.leasehold.api.Outcome;
import dev.leasehold.api.TaskQueue;
import dev.leasehold.attempt.AttemptRecord;
import dev.leasehold.database.Fixture;
import dev.leasehold.run.Order;
import dev.leasehold.run.RunState;
import dev.leasehold.settings.Settings;
import dev.leasehold.sql.Claimed;
import dev.leasehold.sql.Database;
import dev.leasehold.sql.Transactions;
import dev.leasehold.task.SubmittingQueue;
import jakarta.persistence.EntityManager;
import java.io.FileNotFoundException;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** What a handler writes is there exactly if its run is completed or suspended by it. */
@ParameterizedClass
@EnumSource(Database.class)
class TransactedAttemptTest {

    private static final NewTask TASK = NewTask.of("transfer").retryEvery(Duration.ofSeconds(5));

    private final Fixture queue;
    private final LossyTransactions transactions;
    /** What the handler does after it has written. */
    private OneHandler.Work handler = attempt -> Outcome.success();
    /** What goes wrong with the handler's transaction. */
    private Runnable trouble = () -> {};

    TransactedAttemptTest(Database database) {
        queue = new Fixture(database);
        transactions = new LossyTransactions(queue.transactions);
    }

    @BeforeEach
    void handlers() {
        queue.tamper("create table written (fence bigint)");
        queue.put(Transactions.class, transactions);
        queue.put(HandlerExtension.class, new OneHandler("transfer", HandlerTransaction.WITH_COMPLETION, attempt -> {
            queue.get(EntityManager.class)
                    .createNativeQuery("insert into written values (" + attempt.fence() + ")")
                    .executeUpdate();
            return handler.run(attempt);
        }));
        queue.activate();
    }

    @AfterEach
    void verify() {
        try (queue) {
            queue.verify();
        }
    }

    @Test
    void theCompletionCommitsWithWhatWasWritten() {
        UUID run = attempted();

        assertThat(queue.row(run).state()).isEqualTo(RunState.COMPLETED);
        assertThat(written()).isEqualTo(1);
        assertThat(queue.get(InHand.class).count()).isZero();
    }

    @Test
    void aTaskThatWasSubmittedIsThereWithTheCompletion() {
        TaskQueue tasks = queue.get(SubmittingQueue.class);
        handler = attempt -> {
            tasks.submit(NewTask.of("mail"));
            return attempt.number() == 1 ? Outcome.retry("no") : Outcome.success();
        };
        UUID run = attempted();
        assertThat(mails()).isZero();
        again();

        assertThat(queue.row(run).state()).isEqualTo(RunState.COMPLETED);
        assertThat(mails()).isEqualTo(1);
    }

    @Test
    void aSuspensionCommitsWithWhatWasWritten() {
        handler = attempt -> Outcome.snooze(Duration.ofSeconds(7));
        UUID run = attempted();

        assertThat(queue.row(run).state()).isEqualTo(RunState.SUSPENDED);
        assertThat(written()).isEqualTo(1);
    }

    @Test
    void aFailureRollsBackAndIsRecorded() {
        handler = attempt -> Outcome.retry("not yet");
        UUID run = attempted();

        assertThat(queue.row(run).state()).isEqualTo(RunState.RETRY_WAIT);
        assertThat(last(run).error()).isEqualTo("not yet");
        assertThat(written()).isZero();
    }

    @Test
    void anExceptionRollsBackAndIsRecorded() {
        handler = attempt -> {
            throw new IllegalStateException("oops");
        };
        UUID run = attempted();

        assertThat(queue.row(run).state()).isEqualTo(RunState.RETRY_WAIT);
        assertThat(last(run).error()).isEqualTo("java.lang.IllegalStateException: oops");
        assertThat(written()).isZero();
    }

    @Test
    void aTerminalExceptionFailsTheRunAtOnce() {
        handler = attempt -> {
            throw new FileNotFoundException("gone");
        };
        UUID run = attempted();

        assertThat(queue.row(run).state()).isEqualTo(RunState.FAILED);
        assertThat(last(run).error()).isEqualTo("java.io.FileNotFoundException: gone");
        assertThat(written()).isZero();
    }

    @Test
    void whatIsWrittenUnderALostLeaseIsRolledBackAndTheNextAttemptStartsClean() {
        handler = attempt -> {
            if (attempt.number() == 1) {
                elsewhere(() -> {
                    queue.clock.advance(Duration.ofSeconds(30));
                    return queue.expire();
                });
            }
            return Outcome.success();
        };
        UUID run = attempted();
        assertThat(queue.row(run).state()).isEqualTo(RunState.RETRY_WAIT);
        assertThat(last(run).error()).contains("stopped answering");
        assertThat(written()).isZero();
        again();

        assertThat(queue.row(run).state()).isEqualTo(RunState.COMPLETED);
        assertThat(written()).isEqualTo(1);
    }

    @Test
    void aRunThatIsCanceledMeanwhileStaysCanceled() {
        UUID run = queue.run(TASK);
        handler = attempt -> {
            elsewhere(() -> queue.cancel(Order.of(run)));
            return Outcome.success();
        };
        attempt();

        assertThat(queue.row(run).state()).isEqualTo(RunState.CANCELED);
        assertThat(written()).isZero();
    }

    @Test
    void overtimeRollsBackAndIsATimeout() {
        handler = attempt -> {
            queue.clock.advance(Duration.ofSeconds(3));
            return Outcome.success();
        };
        UUID run = queue.run(TASK.timeout(Duration.ofSeconds(2)));
        attempt();

        assertThat(last(run).result()).isEqualTo("Timeout");
        assertThat(last(run).error()).isEqualTo("attempt timed out after 2s");
        assertThat(written()).isZero();
    }

    @Test
    void aTransactionThatTheHandlerMarkedIsAFailure() {
        handler = attempt -> {
            queue.get(EntityManager.class).getTransaction().setRollbackOnly();
            return Outcome.success();
        };
        UUID run = attempted();

        assertThat(queue.row(run).state()).isEqualTo(RunState.RETRY_WAIT);
        assertThat(last(run).error()).contains("marked for rollback");
        assertThat(written()).isZero();
    }

    @Test
    void aTransactionThatIsNotTheOneBeforeIsAFailure() {
        trouble = transactions::exchangeNext;
        UUID run = attempted();

        assertThat(queue.row(run).state()).isEqualTo(RunState.RETRY_WAIT);
        assertThat(last(run).error()).contains("ended before the handler returned");
        assertThat(written()).isZero();
    }

    @Test
    void theTransactionLastsAsLongAsTheTaskAndItsGraceButNotLongerThanIsSet() {
        queue.run(TASK.timeout(Duration.ofSeconds(2)));
        attempt();
        assertThat(transactions.limit()).isEqualTo(Duration.ofSeconds(12));
        queue.run(TASK.timeout(Duration.ofSeconds(51)));
        attempt();
        assertThat(transactions.limit()).isEqualTo(Duration.ofSeconds(60));
        queue.run(TASK);
        attempt();
        assertThat(transactions.limit()).isEqualTo(Duration.ofSeconds(60));
    }

    @Test
    void aHandlerIsAskedToStopWhenItsTransactionIsOver() {
        queue.put(Settings.class, new Settings(key -> key.equals("leasehold.transaction-secs") ? "1" : null));
        handler = attempt -> {
            Awaitility.await().until(attempt::cancelRequested);
            return Outcome.retry("too long");
        };

        assertThat(last(attempted()).error()).isEqualTo("too long");
    }

    @Test
    void aFailedStatementThatTheHandlerHidIsAFailure() {
        handler = attempt -> {
            try {
                queue.get(EntityManager.class)
                        .createNativeQuery("insert into nowhere values (1)")
                        .executeUpdate();
                return Outcome.fail("there is no such table");
            } catch (RuntimeException e) {
                return Outcome.success();
            }
        };
        UUID run = attempted();

        assertThat(queue.row(run).state()).isEqualTo(RunState.RETRY_WAIT);
        assertThat(written()).isZero();
    }

    @Test
    void aCommitWhoseOutcomeIsUnknownCountsIfItHappened() {
        trouble = transactions::loseNext;
        UUID run = attempted();

        assertThat(queue.row(run).state()).isEqualTo(RunState.COMPLETED);
        assertThat(queue.attempts(run)).hasSize(1);
        assertThat(written()).isEqualTo(1);
        assertThat(queue.get(InHand.class).count()).isZero();
    }

    @Test
    void aCommitThatDidNotHappenIsAFailure() {
        trouble = transactions::refuseNext;
        UUID run = attempted();

        assertThat(queue.row(run).state()).isEqualTo(RunState.RETRY_WAIT);
        assertThat(last(run).error()).contains("was not committed").contains("a constraint is broken");
        assertThat(written()).isZero();
    }

    private UUID attempted() {
        UUID run = queue.run(TASK);
        attempt();
        return run;
    }

    private void again() {
        queue.clock.advance(Duration.ofSeconds(6));
        assertThat(queue.promote(10)).isEqualTo(1);
        attempt();
    }

    private void attempt() {
        Round round = queue.get(Round.class);
        Claimed claimed = round.run(List.of(), 1, Queues.ALL).get(0);
        trouble.run();
        Outcome left = queue.get(HandlerCall.class).call(claimed);
        if (left != null) {
            round.run(List.of(Reports.of(queue.get(Owner.class), claimed, left)), 0, Queues.ALL);
        }
    }

    private AttemptRecord last(UUID run) {
        List<AttemptRecord> attempts = queue.attempts(run);
        return attempts.get(attempts.size() - 1);
    }

    private long written() {
        return queue.count("select count(*) from written");
    }

    private long mails() {
        return queue.count("select count(*) from leasehold.task where type = 'mail'");
    }

    private static void elsewhere(Supplier<?> work) {
        CompletableFuture.supplyAsync(work).join();
    }
}

package dev.leasehold.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.leasehold.api.Attempt;
import dev.leasehold.api.HandlerExtension;
import dev.leasehold.api.HandlerTransaction;
import dev.leasehold.api.NewTask;
import dev.leasehold.api.Outcome;
import dev.leasehold.api.Payload;
import dev.leasehold.api.Unique;
import dev.leasehold.attempt.AttemptRecord;
import dev.leasehold.attempt.FinishAttempts.Report;
import dev.leasehold.database.Fixture;
import dev.leasehold.run.RunState;
import dev.leasehold.sql.Claimed;
import dev.leasehold.sql.Database;
import dev.leasehold.sql.Transactions;
import dev.leasehold.task.InvalidTask;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.CsvSource;

/** What an attempt submits is there exactly if its success or suspension is recorded. */
@ParameterizedClass
@CsvSource({"H2, NONE", "H2, WITH_COMPLETION", "POSTGRESQL, NONE", "POSTGRESQL, WITH_COMPLETION"})
class AttemptSubmissionTest {

    private static final NewTask MAIL = NewTask.of("mail");
    private static final NewTask ONLY = NewTask.of("letter")
            .gates(new NewTask.Gates(
                    null,
                    null,
                    null,
                    null,
                    null,
                    new Unique("K", Unique.Until.FOREVER, null, Unique.OnConflict.REJECT)));
    private static final NewTask TASK = NewTask.of("order").retryEvery(Duration.ofSeconds(5));

    @Parameter(0)
    Database database;

    @Parameter(1)
    HandlerTransaction transaction;

    private Fixture queue;
    private LossyTransactions transactions;
    private OneHandler.Work handler = attempt -> Outcome.success();

    @BeforeEach
    void begin() {
        queue = new Fixture(database);
        transactions = new LossyTransactions(queue.transactions);
        queue.put(Transactions.class, transactions);
        queue.put(HandlerExtension.class, new OneHandler("order", transaction, attempt -> handler.run(attempt)));
        queue.activate();
    }

    @AfterEach
    void verify() {
        try (Fixture closing = queue) {
            closing.verify();
        }
    }

    @Test
    void itIsThereWithTheCompletionAndNotBefore() {
        UUID[] id = new UUID[1];
        handler = attempt -> {
            id[0] = attempt.submit(MAIL);
            assertThat(elsewhereMails()).isZero();
            return Outcome.success();
        };
        UUID run = attempted(TASK);

        assertThat(queue.row(run).state()).isEqualTo(RunState.COMPLETED);
        assertThat(queue.count("select count(*) from leasehold.task where type = 'mail' and task_id = '" + id[0] + "'"))
                .isEqualTo(1);
    }

    @Test
    void anIdOfTheHandlersChoiceIsKept() {
        UUID id = UUID.randomUUID();
        handler = attempt -> {
            assertThat(attempt.submit(MAIL.id(id))).isEqualTo(id);
            attempt.submit(MAIL.id(id));
            return Outcome.success();
        };
        attempted(TASK);

        assertThat(mails()).isEqualTo(1);
    }

    @Test
    void itIsThereWithTheSuspension() {
        handler = attempt -> {
            attempt.submit(MAIL);
            return Outcome.snooze(Duration.ofSeconds(7));
        };
        UUID run = attempted(TASK);

        assertThat(queue.row(run).state()).isEqualTo(RunState.SUSPENDED);
        assertThat(mails()).isEqualTo(1);
    }

    @Test
    void ofAnAttemptThatFailsNothingIsThere() {
        handler = attempt -> {
            attempt.submit(MAIL);
            return attempt.number() == 1 ? Outcome.retry("not yet") : Outcome.success();
        };
        UUID run = attempted(TASK);
        assertThat(mails()).isZero();
        again();

        assertThat(queue.row(run).state()).isEqualTo(RunState.COMPLETED);
        assertThat(mails()).isEqualTo(1);
    }

    @Test
    void ofAnAttemptThatWasLateNothingIsThere() {
        handler = attempt -> {
            attempt.submit(MAIL);
            queue.clock.advance(Duration.ofSeconds(3));
            return Outcome.success();
        };
        UUID run = attempted(TASK.timeout(Duration.ofSeconds(2)));

        assertThat(last(run).result()).isEqualTo("Timeout");
        assertThat(mails()).isZero();
    }

    @Test
    void ofALostLeaseNothingIsThere() {
        handler = attempt -> {
            attempt.submit(MAIL);
            CompletableFuture.supplyAsync(() -> {
                        queue.clock.advance(Duration.ofSeconds(30));
                        return queue.expire();
                    })
                    .join();
            return Outcome.success();
        };
        UUID run = attempted(TASK);

        assertThat(last(run).error()).contains("stopped answering");
        assertThat(mails()).isZero();
    }

    @Test
    void aRefusedTaskIsAFailureAndNothingOfTheAttemptIsThere() {
        queue.run(ONLY);
        handler = attempt -> {
            attempt.submit(MAIL);
            attempt.submit(ONLY);
            return Outcome.success();
        };
        UUID run = attempted(TASK);

        assertThat(queue.row(run).state()).isEqualTo(RunState.RETRY_WAIT);
        assertThat(last(run).error())
                .startsWith("a task of type letter that the attempt submitted was refused: duplicate_unique: ");
        assertThat(mails()).isZero();
    }

    @Test
    void aTaskThatCannotBeOneIsRefusedAtOnce() {
        handler = attempt -> {
            assertThatThrownBy(() -> attempt.submit(MAIL.queue("no such name!")))
                    .isInstanceOf(InvalidTask.class)
                    .hasMessageContaining("queue");
            attempt.submit(MAIL);
            return Outcome.success();
        };
        attempted(TASK);

        assertThat(mails()).isEqualTo(1);
    }

    @Test
    void aRefusedTaskLeavesTheOtherAttemptsOfItsRoundAlone() {
        queue.run(ONLY);
        List<Claimed> claimed = claimed(TASK, TASK, TASK);
        handler = attempt -> {
            attempt.submit(attempt.runId().equals(claimed.get(1).runId()) ? ONLY : MAIL);
            return Outcome.success();
        };
        store(claimed);

        assertThat(claimed)
                .extracting(one -> queue.row(one.runId()).state())
                .containsExactly(RunState.COMPLETED, RunState.RETRY_WAIT, RunState.COMPLETED);
        assertThat(mails()).isEqualTo(2);
    }

    @Test
    void afterACommitOfUnknownOutcomeItIsThereOnce() {
        handler = attempt -> {
            attempt.submit(MAIL);
            return Outcome.success();
        };
        Claimed claimed = claimed(TASK).get(0);
        transactions.loseNext();
        store(List.of(claimed));

        assertThat(queue.row(claimed.runId()).state()).isEqualTo(RunState.COMPLETED);
        assertThat(mails()).isEqualTo(1);
        assertThat(queue.get(InHand.class).count()).isZero();
    }

    @Test
    void aCommitThatDidNotHappenIsRepeatedUnlessItTookTheHandlersWritesAlong() {
        handler = attempt -> {
            attempt.submit(MAIL);
            return Outcome.success();
        };
        Claimed claimed = claimed(TASK).get(0);
        transactions.refuseNext();
        store(List.of(claimed));
        boolean repeated = transaction == HandlerTransaction.NONE;

        assertThat(queue.row(claimed.runId()).state()).isEqualTo(repeated ? RunState.COMPLETED : RunState.RETRY_WAIT);
        assertThat(queue.attempts(claimed.runId())).hasSize(1);
        assertThat(mails()).isEqualTo(repeated ? 1 : 0);
    }

    @Test
    void anAttemptSubmitsAThousandAtMost() {
        handler = attempt -> {
            for (int i = 0; i < 1000; i++) {
                attempt.submit(MAIL);
            }
            assertThatIllegalStateException()
                    .isThrownBy(() -> attempt.submit(MAIL))
                    .withMessageContaining("1000");
            return Outcome.success();
        };
        attempted(TASK);

        assertThat(mails()).isEqualTo(1000);
    }

    @Test
    void anAttemptSubmitsSixteenMebibytesOfPayloadsAtMost() {
        Payload mebibyte = Payload.of(null, Payload.Form.BASE64, new byte[1 << 20]);
        handler = attempt -> {
            for (int i = 0; i < 16; i++) {
                attempt.submit(MAIL.payload(mebibyte));
            }
            assertThatIllegalStateException()
                    .isThrownBy(() -> attempt.submit(MAIL.payload(mebibyte)))
                    .withMessageContaining("bytes");
            attempt.submit(MAIL);
            return Outcome.success();
        };
        attempted(TASK);

        assertThat(mails()).isEqualTo(17);
    }

    @Test
    void anAttemptThatIsOverSubmitsNothing() {
        List<Attempt> over = new ArrayList<>();
        handler = attempt -> {
            over.add(attempt);
            return Outcome.success();
        };
        attempted(TASK);

        assertThatIllegalStateException()
                .isThrownBy(() -> over.get(0).submit(MAIL))
                .withMessageContaining("over");
    }

    @Test
    void itKnowsWhatItsSubmitterCalledIt() {
        List<Object> seen = new ArrayList<>();
        handler = attempt -> {
            seen.addAll(attempt.tags());
            seen.add(attempt.description());
            return Outcome.success();
        };
        attempted(labelled(new NewTask.Metadata(List.of("a", "é\n"), null, "the first")));
        attempted(TASK);

        assertThat(seen).containsExactly("a", "é\n", "the first", null);
    }

    private static NewTask labelled(NewTask.Metadata metadata) {
        return new NewTask(null, "order", null, null, null, null, null, null, null, null, metadata, NewTask.Gates.NONE);
    }

    private UUID attempted(NewTask task) {
        List<Claimed> claimed = claimed(task);
        store(claimed);
        return claimed.get(0).runId();
    }

    private void again() {
        queue.clock.advance(Duration.ofSeconds(6));
        assertThat(queue.promote(10)).isEqualTo(1);
        store(queue.get(Round.class).run(List.of(), 1, Queues.ALL));
    }

    private List<Claimed> claimed(NewTask... tasks) {
        for (NewTask task : tasks) {
            queue.run(task);
        }
        return queue.get(Round.class).run(List.of(), tasks.length, Queues.ALL);
    }

    /** Attempts them, and reports in one round what is left to report. */
    private void store(List<Claimed> claimed) {
        List<Report> left = new ArrayList<>();
        for (Claimed one : claimed) {
            Outcome outcome = queue.get(HandlerCall.class).call(one);
            if (outcome != null) {
                left.add(Reports.of(queue.get(Owner.class), one, outcome));
            }
        }
        queue.get(Round.class).run(left, 0, Queues.ALL);
    }

    private AttemptRecord last(UUID run) {
        List<AttemptRecord> attempts = queue.attempts(run);
        return attempts.get(attempts.size() - 1);
    }

    private long elsewhereMails() {
        return CompletableFuture.supplyAsync(this::mails).join();
    }

    private long mails() {
        return queue.count("select count(*) from leasehold.task where type = 'mail'");
    }
}

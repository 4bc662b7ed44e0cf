package dev.leasehold.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.leasehold.api.HoldPolicy;
import dev.leasehold.api.NewTask;
import dev.leasehold.api.NewTask.Gates;
import dev.leasehold.api.Payload;
import dev.leasehold.api.Rate;
import dev.leasehold.api.Repeat;
import dev.leasehold.api.Unique;
import dev.leasehold.database.Fixture;
import dev.leasehold.database.TroubledTransactions;
import dev.leasehold.fault.Unavailable;
import dev.leasehold.sql.Database;
import dev.leasehold.sql.OutcomeUnknown;
import dev.leasehold.sql.Transactions;
import dev.leasehold.task.SubmitTasks.Status;
import dev.leasehold.task.SubmitTasks.Submitted;
import jakarta.persistence.PersistenceException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Deque;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Callers without a transaction share one where none of them can have to wait, and get each what they would get alone. */
@ParameterizedClass
@EnumSource(Database.class)
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class SharedSubmissionTest {

    private static final NewTask MAIL = NewTask.of("mail");

    private final Fixture queue;
    private final CountDownLatch gate = new CountDownLatch(1);
    private final Deque<Runnable> trouble = new ConcurrentLinkedDeque<>();

    SharedSubmissionTest(Database database) {
        queue = new Fixture(database);
    }

    @BeforeEach
    void knowTheLane() {
        queue.run(MAIL);
        queue.put(Transactions.class, TroubledTransactions.of(queue.transactions, trouble));
    }

    @AfterEach
    void verify() {
        gate.countDown();
        try (queue) {
            queue.verify();
        }
    }

    private void holdUp() {
        try {
            assertThat(gate.await(60, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Runnable failing(RuntimeException failure) {
        return () -> {
            throw failure;
        };
    }

    /** Submits in a thread of its own, and returns when that waits or is done. */
    private CompletableFuture<Submitted> submit(NewTask task) {
        SharedSubmission shared = queue.get(SharedSubmission.class);
        CompletableFuture<Submitted> result = new CompletableFuture<>();
        Thread thread = new Thread(() -> result.complete(shared.submit(task)));
        thread.setDaemon(true);
        thread.start();
        await().atMost(Duration.ofSeconds(30))
                .until(() -> thread.getState() == Thread.State.WAITING
                        || thread.getState() == Thread.State.TIMED_WAITING
                        || result.isDone());
        return result;
    }

    /** One that is under way until the gate opens, and for which all others wait. */
    private CompletableFuture<Submitted> heldUp() {
        queue.get(SharedSubmission.class).patience(Duration.ofHours(1));
        trouble.add(this::holdUp);
        return submit(MAIL);
    }

    /** Two that share a transaction which fails so, behind one that does not. */
    private List<CompletableFuture<Submitted>> groupThatFails(RuntimeException failure) {
        CompletableFuture<Submitted> first = heldUp();
        List<CompletableFuture<Submitted>> group =
                Stream.of(MAIL, MAIL).map(this::submit).toList();
        trouble.add(failing(failure));
        gate.countDown();
        assertThat(result(first).status()).isEqualTo(Status.CREATED);
        return group;
    }

    private static Submitted result(CompletableFuture<Submitted> submitted) {
        return submitted.orTimeout(30, TimeUnit.SECONDS).join();
    }

    private long mails() {
        return queue.count("select count(*) from leasehold.task where type = 'mail'");
    }

    private static NewTask gated(Gates gates) {
        return MAIL.gates(gates);
    }

    static Stream<NewTask> whatMayWait() {
        Unique unique = new Unique("U", Unique.Until.FINISHED, null, Unique.OnConflict.EXISTING);
        return Stream.of(
                MAIL.id(new UUID(7, 7)),
                MAIL.repeat(new Repeat(2, Duration.ofHours(1))),
                MAIL.payload(Payload.text("x".repeat(16 * 1024 + 1))),
                NewTask.of("first"),
                NewTask.of(""),
                gated(Gates.key("K", HoldPolicy.HOLD_DURING_RETRY)),
                gated(new Gates(null, null, null, new Rate("R", 1, Duration.ofSeconds(1)), null, null)),
                gated(new Gates(null, null, List.of("gpu"), null, null, null)),
                gated(new Gates(null, null, null, null, null, unique)));
    }

    @Test
    void whatMayHaveToWaitKeepsNobodyWaiting() {
        CompletableFuture<Submitted> first = heldUp();

        assertThat(whatMayWait())
                .allSatisfy(task -> assertThat(result(submit(task)).status())
                        .isEqualTo(task.type().isEmpty() ? Status.REJECTED : Status.CREATED));
        assertThat(first).isNotDone();

        gate.countDown();
        assertThat(result(first).status()).isEqualTo(Status.CREATED);
    }

    @Test
    void aGroupIsOneTransactionAndWhoIsRefusedHarmsNobody() {
        CompletableFuture<Submitted> first = heldUp();
        List<CompletableFuture<Submitted>> group =
                Stream.of(MAIL, MAIL.maxAttempts(0), MAIL).map(this::submit).toList();
        gate.countDown();

        assertThat(result(first).status()).isEqualTo(Status.CREATED);
        assertThat(group.stream().map(one -> result(one).status()))
                .containsExactly(Status.CREATED, Status.REJECTED, Status.CREATED);
        assertThat(queue.count("select count(distinct pos) from leasehold.run")).isEqualTo(3);
        assertThat(mails()).isEqualTo(4);
    }

    @Test
    void afterACommitOfUnknownOutcomeNothingIsSubmittedAgain() {
        List<CompletableFuture<Submitted>> group =
                groupThatFails(new OutcomeUnknown(new SQLException("gone", "08006")));

        assertThat(group.stream().map(one -> result(one).refusal()))
                .allSatisfy(refusal -> assertThat(refusal)
                        .isInstanceOf(Unavailable.class)
                        .extracting("code")
                        .isEqualTo("outcome_unknown"));
        assertThat(mails()).isEqualTo(2);
    }

    @Test
    void whatTheDatabaseRefusesOfAGroupIsSubmittedOneByOne() {
        List<CompletableFuture<Submitted>> group =
                groupThatFails(new PersistenceException(new SQLException("bad", "22021")));

        assertThat(group.stream().map(one -> result(one).status())).containsOnly(Status.CREATED);
        assertThat(mails()).isEqualTo(4);
    }

    @Test
    void whatTheDatabaseRefusesOfOneIsThrown() {
        trouble.add(failing(new PersistenceException(new SQLException("bad", "22021"))));
        SharedSubmission shared = queue.get(SharedSubmission.class);

        assertThatThrownBy(() -> shared.submit(MAIL)).isInstanceOf(PersistenceException.class);
        assertThat(shared.submit(MAIL).status()).isEqualTo(Status.CREATED);
    }
}

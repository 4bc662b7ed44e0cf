package dev.leasehold.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.leasehold.api.NewTask;
import dev.leasehold.api.Payload;
import dev.leasehold.api.RunFinished;
import dev.leasehold.api.TaskQueue;
import dev.leasehold.attempt.AttemptRecord;
import dev.leasehold.attempt.Attempts;
import dev.leasehold.fault.Fault;
import dev.leasehold.run.Run;
import dev.leasehold.run.RunFilter;
import dev.leasehold.run.RunInLane;
import dev.leasehold.run.RunState;
import dev.leasehold.run.Runs;
import dev.leasehold.sql.Transactions;
import dev.leasehold.task.Tasks;
import dev.leasehold.tenant.Caller;
import dev.leasehold.time.Leasehold;
import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedThreadFactory;
import jakarta.inject.Inject;
import jakarta.transaction.Status;
import jakarta.transaction.UserTransaction;
import java.time.Clock;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.container.annotation.ArquillianTest;
import org.jboss.shrinkwrap.api.spec.EnterpriseArchive;
import org.junit.jupiter.api.Test;

/** The queue inside a real server: its transactions, its timers, its executor. */
@ArquillianTest
class InContainerIT {

    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final Caller CALLER = Caller.application();
    private static final int THREADS = 8;
    private static final int EACH = 50;

    @Inject
    TaskQueue queue;

    @Inject
    WithoutTransaction bean;

    @Inject
    Witness witness;

    @Resource
    ManagedThreadFactory threads;

    @Inject
    UserTransaction transaction;

    @Inject
    Transactions transactions;

    @Inject
    Runs runs;

    @Inject
    Attempts attempts;

    @Inject
    Tasks tasks;

    @Inject
    @Leasehold
    Clock clock;

    @Deployment
    static EnterpriseArchive ear() {
        return Archives.earWith(
                InContainerIT.class,
                FlakyHandler.class,
                CarelessHandler.class,
                WithoutTransaction.class,
                Witness.class);
    }

    @Test
    void aRollbackTakesTheSubmissionWithIt() throws Exception {
        transaction.begin();
        UUID task = queue.submit(NewTask.of("echo"));
        assertThat(runs.page(CALLER, of(task), 0, 10)).hasSize(1);
        transaction.rollback();
        assertThat(runsOf(task)).isEmpty();
    }

    @Test
    void aCommittedSubmissionIsRunByItsHandler() throws Exception {
        transaction.begin();
        UUID task = queue.submit(NewTask.of("echo").payload(Payload.json("{\"n\": 1}")));
        transaction.commit();
        Run run = completed(task);
        assertThat(attemptsOf(run))
                .singleElement()
                .extracting(AttemptRecord::output)
                .isEqualTo(Payload.json("{\"n\": 1}"));
    }

    @Test
    void aSubmissionWithoutATransactionHasItsOwn() {
        assertThat(completed(queue.submit(NewTask.of("echo"))).attemptsStarted())
                .isEqualTo(1);
    }

    @Test
    void aBeanThatMayNotBeginATransactionSubmits() throws Exception {
        transaction.begin();
        UUID task = bean.submit(NewTask.of("echo"));
        UUID next = bean.submit(NewTask.of("echo"));
        transaction.rollback();
        completed(task);
        completed(next);
    }

    @Test
    void whatManyThreadsSubmitAtOnceSharesTransactionsAndEachGetsItsOwn() throws Exception {
        queue.submit(NewTask.of("together"));
        ExecutorService executor = Executors.newFixedThreadPool(THREADS, threads);
        AtomicInteger number = new AtomicInteger();
        Set<UUID> submitted = ConcurrentHashMap.newKeySet();
        try {
            executor.invokeAll(
                            Collections.nCopies(THREADS, () -> {
                                for (int i = 0; i < EACH; i++) {
                                    int own = number.incrementAndGet();
                                    UUID id =
                                            queue.submit(NewTask.of("together").priority(own));
                                    assertThat(priority(id)).isEqualTo(own);
                                    submitted.add(id);
                                }
                                return null;
                            }),
                            LIMIT.toSeconds(),
                            TimeUnit.SECONDS)
                    .forEach(InContainerIT::succeeded);
        } finally {
            executor.shutdownNow();
        }

        assertThat(submitted).hasSize(THREADS * EACH);
        assertThat(submitted.stream().map(this::position).distinct()).hasSizeLessThan(THREADS * EACH);
    }

    private static void succeeded(Future<?> work) {
        assertThat(work).succeedsWithin(LIMIT);
    }

    private int priority(UUID task) {
        return transactions.inNew(() -> tasks.get(CALLER, task).priority());
    }

    private long position(UUID task) {
        UUID run = runsOf(task).get(0).id();
        return transactions.inNew(() -> runs.events(CALLER, run).get(0).pos());
    }

    @Test
    void timersPromoteARunWhoseInstantComes() {
        UUID task = queue.submit(NewTask.of("echo").scheduledAt(clock.instant().plusSeconds(2)));
        assertThat(runsOf(task)).singleElement().extracting(Run::state).isEqualTo(RunState.SCHEDULED);
        completed(task);
    }

    @Test
    void anExceptionIsAFailureThatIsTriedAgain() {
        UUID task = queue.submit(
                NewTask.of("test.flaky").payload(Payload.text("hello")).retryEvery(Duration.ofMillis(1)));
        Run run = completed(task);
        assertThat(attemptsOf(run)).extracting(AttemptRecord::result).containsExactly("Failure", "Success");
        assertThat(attemptsOf(run).get(0).error()).contains("IllegalStateException: not yet: hello");
    }

    @Test
    void observersHearWhatBecameOfRuns() {
        UUID task = queue.submit(
                NewTask.of("test.flaky").payload(Payload.text("hello")).retryEvery(Duration.ofMillis(1)));
        Run run = completed(task);

        await().atMost(LIMIT)
                .until(() ->
                        !witness.runs(task).isEmpty() && !witness.attempts(task).isEmpty());
        assertThat(witness.runs(task))
                .containsExactly(new RunFinished(run.id(), task, "test.flaky", "default", "Completed"));
        assertThat(witness.attempts(task)).singleElement().satisfies(attempt -> {
            assertThat(attempt.attemptId()).isEqualTo(attemptsOf(run).get(0).attemptId());
            assertThat(attempt.result()).isEqualTo("Failure");
            assertThat(attempt.error()).contains("not yet: hello");
        });
    }

    @Test
    void aHandlerThatLeavesATransactionOpenFailsAndHarmsNobody() {
        for (int i = 0; i < 20; i++) {
            queue.submit(
                    NewTask.of("test.careless").payload(Payload.text("open")).maxAttempts(1));
        }
        Run run = ended(queue.submit(
                NewTask.of("test.careless").payload(Payload.text("open")).maxAttempts(1)));
        assertThat(run.state()).isEqualTo(RunState.FAILED);
        assertThat(attemptsOf(run).get(0).error()).contains("within a transaction of its own");
        completed(queue.submit(NewTask.of("echo")));
    }

    @Test
    void anOutputThatIsTooLargeFailsTheRunForGood() {
        Run run = ended(queue.submit(NewTask.of("test.careless").payload(Payload.text("large"))));
        assertThat(run.state()).isEqualTo(RunState.FAILED);
        assertThat(attemptsOf(run))
                .singleElement()
                .extracting(AttemptRecord::error)
                .isEqualTo("the output has 1048577 bytes; at most 1048576 are allowed");
    }

    @Test
    void aRefusalLeavesTheCallersTransactionAlone() throws Exception {
        transaction.begin();
        assertThatThrownBy(() -> queue.submit(NewTask.of("not a type"))).isInstanceOf(Fault.class);
        assertThat(transaction.getStatus()).isEqualTo(Status.STATUS_ACTIVE);
        UUID task = queue.submit(NewTask.of("echo"));
        transaction.commit();
        completed(task);
    }

    @Test
    void aTypeThatNobodyHandlesWaits() {
        UUID unknown = queue.submit(NewTask.of("nobody.handles.this").priority(9));
        completed(queue.submit(NewTask.of("echo")));
        assertThat(runsOf(unknown)).singleElement().extracting(Run::state).isEqualTo(RunState.READY);
    }

    private Run ended(UUID task) {
        return await().atMost(LIMIT)
                .until(() -> runsOf(task).get(0), run -> run.state().terminal());
    }

    private Run completed(UUID task) {
        return await().atMost(LIMIT).until(() -> runsOf(task).get(0), run -> run.state() == RunState.COMPLETED);
    }

    private List<Run> runsOf(UUID task) {
        return transactions.inNew(() ->
                runs.page(CALLER, of(task), 0, 10).stream().map(RunInLane::run).toList());
    }

    private List<AttemptRecord> attemptsOf(Run run) {
        return transactions.inNew(() -> attempts.of(CALLER, run.id()));
    }

    private static RunFilter of(UUID task) {
        return new RunFilter(Set.of(), task, null, null);
    }
}

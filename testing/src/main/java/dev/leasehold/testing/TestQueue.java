package dev.leasehold.testing;

import dev.leasehold.api.Handler;
import dev.leasehold.api.Handles;
import dev.leasehold.api.NewTask;
import dev.leasehold.api.Signals;
import dev.leasehold.api.TaskQueue;
import dev.leasehold.fault.Fault;
import dev.leasehold.run.CancelRuns;
import dev.leasehold.run.Order;
import dev.leasehold.task.SubmittingQueue;
import dev.leasehold.tenant.Caller;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import javax.sql.DataSource;

/**
 * The queue in a test: attempts runs on the test's thread and by the test's clock, on an H2 database in memory that is its own.
 * Commands, states, retries, timeouts and transactions are the server's; there is no server, no CDI and no JPA for handlers,
 * and nothing moves before {@link #runAll()}. An instance is for one thread.
 */
public final class TestQueue implements AutoCloseable {

    private static final int LOCK_MILLIS = 1000;

    private final QueueProcess process;
    private final Worker worker;
    private final Views views;
    private final Set<String> elsewhere = new TreeSet<>();

    TestQueue(QueueProcess process) {
        this.process = process;
        worker = new Worker(process);
        views = new Views(process);
    }

    /**
     * A queue with an empty database.
     *
     * @param handlers objects of classes that carry {@link Handles}; more may be added
     * @throws InvalidHandler as {@link #add(Handler[])}
     */
    public static TestQueue with(Handler<?>... handlers) {
        TestQueue queue = new TestQueue(new QueueProcess("test", new Store(LOCK_MILLIS), Probe.NONE));
        try {
            return queue.add(handlers);
        } catch (InvalidHandler e) {
            queue.close();
            throw e;
        }
    }

    /**
     * Adds handlers, such as those that are made with this queue's {@link #dataSource()} or {@link #tasks()}.
     *
     * @return this queue
     * @throws InvalidHandler when a class lacks {@link Handles}, or handles a type that another one does
     */
    public TestQueue add(Handler<?>... handlers) {
        Arrays.stream(handlers).forEach(process::add);
        return this;
    }

    /**
     * Leaves runs of these task types to workers elsewhere: they stay ready, and {@link #runAll()} does not mind.
     *
     * @return this queue
     */
    public TestQueue elsewhere(String... types) {
        elsewhere.addAll(List.of(types));
        return this;
    }

    /**
     * Submits a task, in the current transaction if there is one. Its type need not be handled here until its run is due.
     *
     * @return the task's id: the one it names, or a new one
     * @throws Fault when the queue refuses the task
     */
    public UUID submit(NewTask task) {
        SubmittingQueue submitting = process.get(SubmittingQueue.class);
        return process.transaction() == null
                ? process.transactions().inNew(() -> submitting.submit(task))
                : submitting.submit(task);
    }

    /**
     * Attempts runs until none is due at the clock's instant. What became due, lapsed or expired by then is moved first; a run
     * that fails is attempted again once the clock has reached its next instant, and at once where it waits for nothing.
     *
     * @return how many attempts were made
     * @throws UnhandledRuns when runs are ready of types that nobody handles, here or {@link #elsewhere}
     * @throws IllegalStateException when runs are still due after 10,000 attempts
     */
    public int runAll() {
        int attempts = worker.runAll();
        List<String> unhandled = process.store().readyTypes().stream()
                .filter(type -> !process.handlers().types().contains(type) && !elsewhere.contains(type))
                .toList();
        if (!unhandled.isEmpty()) {
            throw new UnhandledRuns(unhandled);
        }
        return attempts;
    }

    /**
     * Cancels a run, as an operator would; a handler that is at it is told to stop.
     *
     * @return whether the run had not ended before
     * @throws Fault when there is no such run
     */
    public boolean cancel(UUID run) {
        CancelRuns.Result result = process.transactions()
                .inNew(() -> process.get(CancelRuns.class)
                        .execute(Caller.local(), List.of(Order.of(run)))
                        .get(0));
        if (result.refusal() != null) {
            throw result.refusal();
        }
        return result.status() == CancelRuns.Status.CANCELED;
    }

    /** A run as it is committed; a Fault when there is no such run. */
    public RunView run(UUID run) {
        return views.run(run);
    }

    /** The first 1000 runs of a task, by planned instant; none for a task that is not there. */
    public List<RunView> runs(UUID task) {
        return views.runs(task);
    }

    /** The first 1000 runs of all tasks, by planned instant. */
    public List<RunView> runs() {
        return views.runs(null);
    }

    /** The clock that the queue goes by. */
    public TestClock clock() {
        return process.store().clock();
    }

    /** What handlers that submit tasks have injected on a server. */
    public TaskQueue tasks() {
        return this::submit;
    }

    /** What applications that send signals have injected on a server. */
    public Signals signals() {
        return new JoiningSignals(process);
    }

    /**
     * The data source that the application shares with the queue. Within a transaction (of a handler that declares
     * {@code WITH_COMPLETION}, or of {@link #inTransaction}) its connections are that transaction's: they cannot end it, and a
     * statement that fails has it rolled back in the end, as on PostgreSQL. Elsewhere they commit each statement.
     */
    public DataSource dataSource() {
        return new JoiningDataSource(process);
    }

    /**
     * Does something in a transaction: in the current one if there is one, else in a new one that is committed. When the work
     * throws, the transaction is rolled back, a current one by whoever began it.
     *
     * @return what the work answers
     * @throws X what the work throws
     * @throws IllegalStateException when a statement in it had failed
     */
    public <T, X extends Exception> T inTransaction(Work<T, X> work) throws X {
        return new Joining(process).run(work);
    }

    /** Whether its process has died. */
    boolean dead() {
        return process.dead();
    }

    /** Attempts runs until none is due, whatever else is ready. */
    void work() {
        worker.runAll();
    }

    /** Lets reports arrive that were lost; answers how many of them were heard. */
    int sendLost() {
        return worker.sendLost();
    }

    /** Drops the database; connections of it that are still open are closed. */
    @Override
    public void close() {
        process.store().close();
    }
}

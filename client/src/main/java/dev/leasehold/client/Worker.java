package dev.leasehold.client;

import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Does runs over HTTP (http.md 3, decisions 10): claims for as many threads as wait, keeps the leases, tells handlers to
 * stop, and reports until it is heard. It outlives restarts of the server. Its threads are daemons: a program that does
 * nothing else waits with {@link #await()}.
 */
public final class Worker implements AutoCloseable {

    private static final System.Logger LOG = System.getLogger(Worker.class.getName());
    private static final Duration AFTER_STOP = Duration.ofSeconds(5);

    private final WorkerSettings settings;
    private final Handlers handlers;
    private final Slots slots;
    private final InHand inHand;
    private final Claims claims;
    private final Renewals renewals;
    private final Reports reports;
    private final ExecutorService threads;
    private final ScheduledThreadPoolExecutor timers = new ScheduledThreadPoolExecutor(2, named("leasehold-timer"));
    private final Thread claiming;
    private final Thread reporting;
    private final CompletableFuture<@Nullable Void> end = new CompletableFuture<>();
    private final CountDownLatch ended = new CountDownLatch(1);
    private final AtomicBoolean ending = new AtomicBoolean();

    Worker(Leases leases, WorkerSettings settings, Handlers handlers) {
        this.settings = settings;
        this.handlers = handlers;
        this.slots = new Slots(settings.threads());
        this.inHand = new InHand(slots);
        this.claims = new Claims(leases, settings, handlers.types(), slots, this::begin);
        this.renewals = new Renewals(leases.within(Renewals.patience(settings)), settings, inHand);
        this.reports = new Reports(leases, settings, inHand);
        this.threads = Executors.newFixedThreadPool(settings.threads(), named("leasehold-worker"));
        this.claiming = named("leasehold-claim").newThread(this::claim);
        this.reporting = named("leasehold-report").newThread(this::report);
        timers.setRemoveOnCancelPolicy(true);
        reporting.start();
        renewLater(settings.lease().dividedBy(3));
        claiming.start();
    }

    /** A worker of that server yet to be made. */
    public static WorkerBuilder builder(LeaseholdClient client) {
        return new WorkerBuilder(client);
    }

    /**
     * Waits until it has ended.
     *
     * @throws LeaseholdException when the server refuses its claims; it then does what it has, and has to be closed
     */
    public void await() throws InterruptedException {
        try {
            end.get();
        } catch (ExecutionException e) {
            throw e.getCause() instanceof LeaseholdException refusal ? refusal : new CompletionException(e.getCause());
        }
    }

    /**
     * Ends it: claims nothing any more, lets handlers go on for the grace, then tells them to stop and waits 5 s for their
     * results. What has no result then is somebody else's once its lease has lapsed. Whoever else closes it waits for the same.
     */
    @Override
    public void close() {
        try {
            if (ending.compareAndSet(false, true)) {
                drain();
            } else {
                ended.await();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void drain() throws InterruptedException {
        slots.close();
        try {
            if (!slots.awaitAll(settings.grace())) {
                inHand.stop(Cancellation.SHUTDOWN);
                if (!slots.awaitAll(AFTER_STOP)) {
                    LOG.log(
                            Level.WARNING,
                            "{0} runs are left to their leases",
                            inHand.kept().size());
                }
            }
        } finally {
            claiming.interrupt();
            reporting.interrupt();
            timers.shutdownNow();
            threads.shutdownNow();
            end.complete(null);
            ended.countDown();
        }
    }

    private void claim() {
        try {
            claims.run();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            if (end.completeExceptionally(e)) {
                LOG.log(Level.ERROR, "the server refuses this worker: {0}", e.getMessage());
            }
        }
    }

    private void report() {
        try {
            reports.run();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void begin(Lease lease) {
        Work work = inHand.add(lease);
        threads.execute(() -> handle(work));
    }

    private void handle(Work work) {
        Duration timeout = work.lease().timeout();
        Future<?> deadline = timeout == null
                ? CompletableFuture.completedFuture(null)
                : timers.schedule(
                        () -> work.cancellation().request(Cancellation.DEADLINE),
                        timeout.toMillis(),
                        TimeUnit.MILLISECONDS);
        Outcome outcome = handlers.run(work);
        deadline.cancel(false);
        reports.add(work, outcome);
    }

    private void renewLater(Duration pause) {
        if (!timers.isShutdown()) {
            Future<?> unused =
                    timers.schedule(() -> renewLater(renewals.renew()), pause.toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    private static ThreadFactory named(String name) {
        AtomicInteger count = new AtomicInteger();
        return work -> {
            Thread thread = new Thread(work, name + "-" + count.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        };
    }
}

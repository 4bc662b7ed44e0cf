package dev.leasehold.worker;

import dev.leasehold.api.AttemptFailed;
import dev.leasehold.api.LifecycleExtension;
import dev.leasehold.api.RunFinished;
import dev.leasehold.run.EndBell;
import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedThreadFactory;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.lang.System.Logger.Level;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** Tells the application's observers what this node has committed: {@link RunFinished} and {@link AttemptFailed}. */
@ApplicationScoped
public class Announcer {

    private static final System.Logger LOG = System.getLogger(Announcer.class.getName());

    private static final int MOST_COMMITS = 10_000;
    private static final int LAST_SECONDS = 5;

    @Inject
    LifecycleExtension observers;

    @Inject
    EndBell bell;

    /** One that lasts: the server's executor is the handlers'. */
    @Resource
    ManagedThreadFactory threads;

    @Inject
    AnnouncerThread thread;

    private volatile @Nullable ThreadPoolExecutor executor;
    private final AtomicBoolean behind = new AtomicBoolean();
    private boolean over;

    /** Listens, where anybody observes. */
    public synchronized void begin() {
        if (over) {
            return;
        }
        if (observers.hearsOfAttempts() || observers.hearsOfRuns()) {
            ThreadPoolExecutor own =
                    new ThreadPoolExecutor(1, 1, 0, TimeUnit.SECONDS, new ArrayBlockingQueue<>(MOST_COMMITS), threads);
            own.prestartCoreThread();
            executor = own;
        }
        if (observers.hearsOfAttempts()) {
            bell.listenToFailures(failed -> later(() -> thread.failed(failed)));
        }
        if (observers.hearsOfRuns()) {
            bell.listen(ended -> later(() -> thread.finished(ended)));
        }
    }

    /** Not on the committing thread, which others may wait for, nor on one that handlers wait for. */
    private void later(Runnable announcement) {
        ThreadPoolExecutor open = executor;
        if (open == null) {
            return;
        }
        try {
            open.execute(announcement);
            behind.set(false);
        } catch (RejectedExecutionException e) {
            if (!open.isShutdown() && !behind.getAndSet(true)) {
                LOG.log(Level.WARNING, "observers are not told what was committed: there is more than they can hear");
            }
        }
    }

    /** Tells what was committed until now, within some seconds, and nothing more. An observer that lasts is not interrupted. */
    public void end() {
        ThreadPoolExecutor open = close();
        if (open == null) {
            return;
        }
        open.shutdown();
        boolean told = false;
        try {
            told = open.awaitTermination(LAST_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (!told) {
            LOG.log(Level.WARNING, "observers are not told all that was committed");
            open.getQueue().clear();
            thread.end();
        }
    }

    /** Does not begin any more; answers what has begun. */
    private synchronized @Nullable ThreadPoolExecutor close() {
        over = true;
        return executor;
    }
}

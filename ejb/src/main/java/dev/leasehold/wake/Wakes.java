package dev.leasehold.wake;

import dev.leasehold.run.ReadyBell;
import dev.leasehold.settings.Settings;
import dev.leasehold.sql.Causes;
import dev.leasehold.time.Ids;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Wakes the workers of other nodes of the same PostgreSQL as soon as a commit here made runs ready, and those here when
 * one elsewhere did (architecture 4). What is heard is not told again. Nothing depends on it: what is lost is found by
 * polling.
 */
@ApplicationScoped
public class Wakes {

    private static final System.Logger LOG = System.getLogger(Wakes.class.getName());
    private static final long STOP_MILLIS = 5_000;

    private record Begun(Listener listener, Teller teller, CountDownLatch end, List<Future<?>> tasks) {}

    @Inject
    Settings settings;

    @Inject
    ReadyBell bell;

    @Inject
    Ids ids;

    private volatile @Nullable Begun begun;

    /**
     * Begins to tell and to listen, unless the settings say otherwise. Two of the executor's threads are taken until the end.
     *
     * @param source the queue's data source, on PostgreSQL
     */
    public void begin(DataSource source, ExecutorService executor) {
        if (!settings.notices() || !settings.dutiesByTimer()) {
            return;
        }
        String word = ids.next().toString();
        CountDownLatch end = new CountDownLatch(1);
        Teller teller = new Teller(source, word, end);
        Listener listener = new Listener(source, new Listener.Hearing(word, teller::tell, bell::ringForOthers), end);
        try {
            List<Future<?>> tasks = Stream.of(listener, teller)
                    .<Future<?>>map(task -> executor.submit(task))
                    .toList();
            begun = new Begun(listener, teller, end, tasks);
            bell.listenToCommits(teller::tell);
        } catch (RejectedExecutionException | IllegalStateException e) {
            end.countDown();
            teller.tell();
            LOG.log(Level.WARNING, "nodes do not wake one another, they poll: {0}", Causes.root(e));
        }
    }

    /** Whether this node hears at once of work that others make ready. */
    public boolean listening() {
        Begun now = begun;
        return now != null && now.listener().hears();
    }

    /** Ends both, and waits a little for it. */
    public void end() {
        Begun now = begun;
        if (now == null) {
            return;
        }
        begun = null;
        now.end().countDown();
        now.teller().tell();
        now.tasks().forEach(Wakes::await);
    }

    private static void await(Future<?> task) {
        try {
            task.get(STOP_MILLIS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (TimeoutException e) {
            task.cancel(true);
        } catch (ExecutionException e) {
            LOG.log(Level.WARNING, "a wake's task failed", e);
        }
    }
}

package dev.leasehold.worker;

import dev.leasehold.api.NewTask;
import dev.leasehold.sql.LeaseStatement.Said;
import dev.leasehold.time.Stopwatch;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** One lease in hand: whether its attempt has to stop, how far that is, and which tasks come with its result. */
final class Token {

    /** The most tasks that come with one result. */
    static final int MOST_TASKS = 1000;

    /** The most bytes of their payloads together. */
    static final long MOST_BYTES = 16L << 20;

    private final UnderWay attempt;
    private List<NewTask> submitted = List.of();
    private volatile boolean committed;
    private volatile @Nullable Stopwatch stopped;
    private @Nullable Thread runner;
    private boolean closed;
    private boolean evicted;
    private @Nullable Said said;
    private long bytes;

    Token(UnderWay attempt) {
        this.attempt = attempt;
    }

    long fence() {
        return attempt.fence();
    }

    UnderWay attempt() {
        return attempt;
    }

    /** Whether its handler runs or is about to, under a lease that everybody can see, and nobody found that lease gone. */
    synchronized boolean underWay() {
        return committed && !closed && !evicted;
    }

    /** Its lease was found gone: it has to stop. Answers whether it was under way until now. */
    synchronized boolean evict() {
        if (!underWay()) {
            return false;
        }
        evicted = true;
        stop();
        return true;
    }

    void commit() {
        committed = true;
    }

    boolean committed() {
        return committed;
    }

    void stop() {
        if (stopped == null) {
            stopped = new Stopwatch(null);
        }
    }

    boolean stopped() {
        return stopped != null;
    }

    /** Calls the handler, and closes behind it. */
    <T> T during(Supplier<T> handler) {
        synchronized (this) {
            runner = Thread.currentThread();
        }
        try {
            return handler.get();
        } finally {
            close();
        }
    }

    /** Its handler has returned: it says and submits nothing more. */
    synchronized void close() {
        closed = true;
        runner = null;
    }

    /** Gives its handler's thread up if it was told to stop longer ago than that; once, and while it cannot return. */
    synchronized boolean giveUp(Duration grace, Consumer<Thread> lost) {
        Thread thread = runner;
        Stopwatch since = stopped;
        if (thread == null || since == null || since.elapsed().compareTo(grace) < 0) {
            return false;
        }
        runner = null;
        lost.accept(thread);
        return true;
    }

    /** Says how far the attempt is. */
    synchronized void say(Said news) {
        said = closed ? said : news;
    }

    /** What was said and nobody has stored yet. */
    synchronized @Nullable Said news() {
        return said;
    }

    /** That was stored. */
    synchronized void heard(Said stored) {
        said = stored.equals(said) ? null : said;
    }

    /** Adds a task. */
    synchronized void submit(NewTask task) {
        if (closed) {
            throw new IllegalStateException("the attempt is over");
        }
        if (submitted.size() == MOST_TASKS) {
            throw new IllegalStateException("an attempt submits at most " + MOST_TASKS + " tasks");
        }
        long more = bytes + (task.payload() == null ? 0 : task.payload().size());
        if (more > MOST_BYTES) {
            throw new IllegalStateException("an attempt submits at most " + MOST_BYTES + " bytes of payloads");
        }
        bytes = more;
        submitted = submitted.isEmpty() ? new ArrayList<>() : submitted;
        submitted.add(task);
    }

    /** The tasks that come with its result. */
    synchronized List<NewTask> submitted() {
        return List.copyOf(submitted);
    }
}

package dev.leasehold.client;

import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Tells a handler that it should stop, and why. It stays set. */
public final class Cancellation {

    /** The attempt's time is over. */
    public static final String DEADLINE = "deadline";

    /** The worker ends and its grace is over. */
    public static final String SHUTDOWN = "shutdown";

    private static final System.Logger LOG = System.getLogger(Worker.class.getName());

    private final List<Runnable> waiting = new ArrayList<>();
    private @Nullable String reason;

    /** Whether the handler should stop. */
    public synchronized boolean requested() {
        return reason != null;
    }

    /**
     * Why: {@link #DEADLINE}, {@link #SHUTDOWN}, or the server's word for a lost lease, such as {@code canceled} or {@code
     * expired}; null while nothing is requested.
     */
    public synchronized @Nullable String reason() {
        return reason;
    }

    /** Has something done as soon as it is requested, at once when it is already; by a thread of the worker, so quickly. */
    public void onRequest(Runnable action) {
        synchronized (this) {
            if (reason == null) {
                waiting.add(action);
                return;
            }
        }
        action.run();
    }

    /** Waits until it is requested. */
    public synchronized void await() throws InterruptedException {
        while (reason == null) {
            wait();
        }
    }

    private static void run(Runnable action) {
        try {
            action.run();
        } catch (RuntimeException e) {
            LOG.log(Level.WARNING, "what a handler wants done when it is to stop has failed", e);
        }
    }

    void request(String why) {
        List<Runnable> actions;
        synchronized (this) {
            if (reason != null) {
                return;
            }
            reason = why;
            notifyAll();
            actions = List.copyOf(waiting);
            waiting.clear();
        }
        actions.forEach(Cancellation::run);
    }
}

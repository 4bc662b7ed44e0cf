package dev.leasehold.worker;

import dev.leasehold.attempt.FinishAttempts.Report;
import dev.leasehold.sql.Claimed;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** A desk, the queues that are served there, and the threads that serve them. */
public final class Station {

    private static final long KEEP_MILLIS = 2_000;

    private final Desk<Report, Claimed> desk = new Desk<>(KEEP_MILLIS);
    private final Set<Thread> threads = ConcurrentHashMap.newKeySet();
    private final Queues queues;

    Station(Queues queues) {
        this.queues = queues;
    }

    Desk<Report, Claimed> desk() {
        return desk;
    }

    Queues queues() {
        return queues;
    }

    /** The current thread serves here. */
    void enter() {
        threads.add(Thread.currentThread());
        desk.enter();
    }

    /** Whether the current thread still counts. */
    boolean counts() {
        return threads.contains(Thread.currentThread());
    }

    /** The current thread does not serve here any more; answers whether it counted until now. */
    boolean leave() {
        return threads.remove(Thread.currentThread());
    }

    /** Lets another thread take the place of one that serves here and does not come back from its handler. */
    void writeOff(Thread thread) {
        if (threads.remove(thread)) {
            desk.writeOff();
        }
    }
}

package dev.leasehold.worker;

import dev.leasehold.attempt.FinishAttempts.Report;
import dev.leasehold.sql.Claimed;

/** A desk, and the queues that are served there. */
public final class Station {

    private static final long KEEP_MILLIS = 2_000;

    private final Desk<Report, Claimed> desk = new Desk<>(KEEP_MILLIS);
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
}

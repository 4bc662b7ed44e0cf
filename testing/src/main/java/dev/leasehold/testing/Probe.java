package dev.leasehold.testing;

import java.util.UUID;

/** Hears of every statement and commit of the processes on one database, and may interfere. */
interface Probe {

    /** Only looks on. */
    Probe NONE = new Probe() {};

    /** The process begins an attempt at that run; answers whether its report is to be lost. */
    default boolean attempt(QueueProcess process, UUID run) {
        return false;
    }

    /** The attempt has left a result that is still to be reported. */
    default void reports(QueueProcess process) {}

    /** The attempt has reported, or its process has died. */
    default void ended(QueueProcess process) {}

    /** The process is about to do that; answers the step's number, 0 where it is none. */
    default int before(QueueProcess process, String what) {
        return 0;
    }

    /** The process has done the step. */
    default void after(QueueProcess process, int step) {}
}

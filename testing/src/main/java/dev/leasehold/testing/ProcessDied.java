package dev.leasehold.testing;

/** The process that touched the database is dead. It is an error so that few handlers catch it. */
final class ProcessDied extends Error {

    private static final long serialVersionUID = 1L;

    ProcessDied() {
        super("this process has died", null, false, false);
    }
}

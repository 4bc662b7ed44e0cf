package dev.leasehold.bench.contender;

/**
 * Measures a case while a {@link Contender} runs it: time, CPU of the database, of the clients and of everybody else, WAL.
 * It samples the machine itself; it is told only where the case begins, how far it is and where it ends. Safe for any thread.
 */
public interface Probe {
    /** Counts the CPU of that process as the client's, before {@link #started()}. Without it no process is a client. */
    void client(long pid);

    /** The case begins now. Once. */
    void started();

    /**
     * So many runs are done. The steady rate counts from the first call with at least half of the runs until {@link
     * #complete()}; a case that never calls it has no steady rate. Cheap enough to be called from every handler.
     */
    void progress(long done);

    /** All runs are complete in the database: the case ends now. Once, before the check. */
    void complete();

    /** The latency of each run in milliseconds, in any order; the table is then about latencies and not about rates. */
    void latencies(double[] millis);
}

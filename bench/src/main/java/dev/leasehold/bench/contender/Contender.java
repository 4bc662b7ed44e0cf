package dev.leasehold.bench.contender;

import org.jspecify.annotations.Nullable;

/**
 * A system under test. {@link #load} and each {@link #run} are called in a process of their own, so that nothing is warm for
 * one system and cold for another; what outlives them is the database.
 */
public interface Contender {
    /** The name in tables and in {@code bench.systems}: lower case, no spaces, unique. */
    String name();

    /** Whether this system takes part in that case. */
    boolean knows(Case c);

    /**
     * Gets ready what the system needs beside the database, once before anything is measured, in the process of the harness.
     *
     * @return why it cannot take part here; {@code null} when it can
     */
    default @Nullable String missing() {
        return null;
    }

    /**
     * How many runs this system gets in that case before {@code bench.runs-scale}: as many as keep it busy for 5 to 15 s.
     *
     * @return {@code c.runs()} unless a system needs more or fewer
     */
    default int runs(Case c) {
        return c.runs();
    }

    /**
     * Makes the schema and the rows that the case begins with. Not measured. The database becomes a template: it is loaded
     * once for each system and {@link Case#load()}, vacuumed, and copied for every repetition.
     */
    void load(Database db, Case c) throws Exception;

    /**
     * Runs the case in a copy of what {@link #load} left and checks the result in the database. What comes before {@link
     * Probe#started()} and after {@link Probe#complete()} is not measured. An exception makes the case void.
     */
    Outcome run(Database db, Case c, Probe probe) throws Exception;
}

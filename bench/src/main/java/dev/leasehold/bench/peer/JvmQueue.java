package dev.leasehold.bench.peer;

import dev.leasehold.bench.contender.Database;
import org.jspecify.annotations.Nullable;

/** Another system on the JVM, as {@link JvmPeer} runs it: its handler calls {@link Handled#run} with the number of the run. */
interface JvmQueue {
    /** Makes the schema. */
    void create(Database db) throws Exception;

    /** Connects whoever enqueues. */
    void open(Database db) throws Exception;

    /** Enqueues one run in a transaction of its own. Safe for any thread. */
    void enqueue(int number) throws Exception;

    /** Enqueues that many runs at once, in the way that the system offers for this. */
    void enqueue(int from, int count) throws Exception;

    /** Begins to work; after {@link #open}. */
    void start() throws Exception;

    /** Counts the runs that are due and not complete. */
    String pending();

    /** Counts the runs that are kept when they are complete; {@code null} when none are. */
    @Nullable
    String kept();

    /** Adds runs of the distant future, and those that were completed, if the system keeps them; before any other run. */
    void surround(Database db, int finished, int future) throws Exception;
}

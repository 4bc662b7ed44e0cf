package dev.leasehold.sql;

import java.time.Duration;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** What the queue needs of the server's transactions. */
public interface Transactions {

    /**
     * Runs the work in a transaction of its own and commits it.
     *
     * @throws OutcomeUnknown when the commit itself failed: the work may be stored or not
     * @throws RuntimeException the work's own, after rolling back
     */
    <T> T inNew(Supplier<T> work);

    /**
     * The same with a transaction that lasts so long at most, in whole seconds: after that it is rolled back.
     *
     * @throws OutcomeUnknown when the commit itself failed: the work may be stored or not
     * @throws RuntimeException the work's own, after rolling back
     */
    <T> T inNew(Duration atMost, Supplier<T> work);

    /** Whether there is a transaction that is neither marked for rollback nor ended. */
    boolean open();

    /** Whether this thread has no transaction, not even one that can only be rolled back. */
    boolean none();

    /** What tells the current transaction from all others. */
    Object key();

    /** Rolls back a transaction that this thread should not have any more, and answers whether there was one. */
    boolean endLeftOver();

    /**
     * Has the action run when all else in the current transaction is done, before it is committed; what it throws rolls
     * the transaction back.
     */
    void beforeCommit(Runnable action);

    /** Has the action run after the current transaction committed, on its thread. */
    void afterCommit(Runnable action);

    /** Tells the action, once the current transaction has ended, whether it is known to be committed. It must not fail. */
    void afterCompletion(Consumer<Boolean> action);

    /** What the current transaction keeps under that key, made when it keeps nothing yet. */
    <T> T keep(Class<T> key, Supplier<T> make);
}

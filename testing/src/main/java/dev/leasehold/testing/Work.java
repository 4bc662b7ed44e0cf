package dev.leasehold.testing;

/**
 * What a test does within a transaction.
 *
 * @param <T> what it answers
 * @param <X> what it throws
 */
@FunctionalInterface
public interface Work<T, X extends Exception> {

    /**
     * Does it.
     *
     * @throws X after which the transaction is rolled back
     */
    T run() throws X;
}

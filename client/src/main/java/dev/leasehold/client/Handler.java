package dev.leasehold.client;

/** Does the work of one task type. Called by many threads at once. */
@FunctionalInterface
public interface Handler {

    /**
     * Works on one run. What it does outside may be done more than once; run id, attempt id and fence are there to guard
     * it.
     *
     * @throws Exception as a failure that is tried again, with its message and causes
     */
    Outcome run(Work work) throws Exception;
}

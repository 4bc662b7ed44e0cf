package dev.leasehold.api;

/** What of a handler's work commits together (decisions 10.5). */
public enum HandlerTransaction {

    /** No transaction is open while the handler runs: for work that takes long, and for effects outside the database. */
    NONE,

    /**
     * The handler runs in a JTA transaction: what it writes to the data source that the queue uses, the tasks it submits,
     * and the completion or suspension of its run are committed together, or none of them. A failure of any kind, a timeout, and a
     * lease that was lost meanwhile roll all of it back. The transaction lasts at most as long as the task's timeout and the
     * queue's grace, and {@code leasehold.transaction-secs}; {@link Attempt#cancelRequested()} tells when it is over. Write first,
     * flush, and submit tasks last: what is submitted holds locks of the queue until the handler has returned. The handler
     * must not end the transaction itself.
     */
    WITH_COMPLETION
}

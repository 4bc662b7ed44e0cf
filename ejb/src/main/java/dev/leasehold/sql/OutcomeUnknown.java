package dev.leasehold.sql;

/** A commit failed, so that nobody knows whether it took place. */
public class OutcomeUnknown extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** Keeps why the commit failed. */
    public OutcomeUnknown(Throwable cause) {
        super(cause);
    }
}

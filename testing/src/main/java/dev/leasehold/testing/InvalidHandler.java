package dev.leasehold.testing;

/** A handler that no server would start with. */
public final class InvalidHandler extends IllegalArgumentException {

    private static final long serialVersionUID = 1L;

    InvalidHandler(String message) {
        super(message);
    }
}

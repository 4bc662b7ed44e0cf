package dev.leasehold.task;

import dev.leasehold.fault.Fault;
import java.util.Map;

/** The payload has more bytes than a task may carry (decisions 7). */
public final class PayloadTooLarge extends Fault {

    private static final long serialVersionUID = 1L;

    /** Names both sizes, in bytes. */
    public PayloadTooLarge(int size, int limit) {
        super(
                Kind.TOO_LARGE,
                "payload_too_large",
                "the payload has " + size + " bytes; at most " + limit + " are allowed",
                Map.of("field", "payload", "size", size, "limit", limit));
    }
}

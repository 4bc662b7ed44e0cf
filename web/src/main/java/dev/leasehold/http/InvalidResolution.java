package dev.leasehold.http;

import dev.leasehold.fault.Fault;
import java.util.Map;

/** A key under which nothing is resolved. */
final class InvalidResolution extends Fault {

    private static final long serialVersionUID = 1L;

    InvalidResolution(int longest) {
        super(
                Kind.MALFORMED,
                "invalid_idempotency_key",
                "idempotency_key must have 1 to " + longest + " characters",
                Map.of("field", "idempotency_key"));
    }

    /** More than a wait keeps. */
    static final class TooLarge extends Fault {

        private static final long serialVersionUID = 1L;

        TooLarge(int limit) {
            super(
                    Kind.TOO_LARGE,
                    "payload_too_large",
                    "what resolves a wait may have at most " + limit + " bytes",
                    Map.of("limit", limit));
        }
    }
}

package dev.leasehold.http;

import dev.leasehold.fault.Fault;
import java.util.Map;

/** The body has more bytes than a request may have (decisions 7). */
final class RequestTooLarge extends Fault {

    private static final long serialVersionUID = 1L;

    RequestTooLarge(int limit) {
        super(
                Kind.TOO_LARGE,
                "request_too_large",
                "a request may have at most " + limit + " bytes",
                Map.of("limit", limit));
    }

    /** The server takes less than we would, and does not say how much. */
    RequestTooLarge() {
        super(Kind.TOO_LARGE, "request_too_large", "the request is larger than the server takes", Map.of());
    }
}

package dev.leasehold.http;

import dev.leasehold.fault.Fault;
import java.util.Map;

/** As many workers wait already as this node serves. */
final class TooManyWaiting extends Fault {

    private static final long serialVersionUID = 1L;

    TooManyWaiting(int limit) {
        super(
                Kind.TOO_MANY,
                "too_many_waiting",
                "already " + limit + " requests wait for runs on this node",
                Map.of("limit", limit));
    }
}

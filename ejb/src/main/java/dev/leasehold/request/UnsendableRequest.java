package dev.leasehold.request;

import dev.leasehold.fault.Fault;
import java.util.Map;

/** A request that is not sent, and would not be at another attempt. No text of the payload's values is in its message. */
final class UnsendableRequest extends Fault {

    private static final long serialVersionUID = 1L;

    UnsendableRequest(String message) {
        super(Kind.INVALID, "unsendable_request", message, Map.of());
    }
}

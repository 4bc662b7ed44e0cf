package dev.leasehold.fault;

import java.util.Map;

/** A request whose named field is out of bounds, or that has members nobody understands. */
public final class InvalidRequest extends Fault {

    private static final long serialVersionUID = 1L;

    /**
     * Refuses a request.
     *
     * @param field the field's path in the request
     * @param reason what is wrong with it, and what would be right
     */
    public InvalidRequest(String field, String reason) {
        super(Kind.INVALID, "invalid_request", field + ": " + reason, Map.of("field", field, "reason", reason));
    }
}

package dev.leasehold.fault;

import java.util.Map;

/** A member of the contract that this version does not obey, and therefore does not accept (http.md 4b). */
public final class NotSupportedYet extends Fault {

    private static final long serialVersionUID = 1L;

    /** Refuses a member by its path in the request. */
    public NotSupportedYet(String field) {
        super(
                Kind.INVALID,
                "not_supported_yet",
                field + " is not supported by this version",
                Map.of("field", field, "reason", "not supported by this version"));
    }
}

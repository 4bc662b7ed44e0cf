package dev.leasehold.wait;

import dev.leasehold.fault.Fault;
import java.util.Map;

/** What a wait was resolved with is not what it asked for. */
public final class PayloadSchemaViolation extends Fault {

    private static final long serialVersionUID = 1L;

    /** Names the wait, the member and what that must be. */
    public PayloadSchemaViolation(String wait, String member, String type) {
        super(
                Kind.INVALID,
                "payload_schema_violation",
                "the payload's member " + member + " must be of type " + type,
                Map.of("wait_id", wait, "field", "payload." + member));
    }
}

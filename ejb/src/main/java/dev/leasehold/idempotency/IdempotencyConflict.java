package dev.leasehold.idempotency;

import dev.leasehold.fault.Fault;
import java.util.Map;

/** The key stands for another question already. */
public final class IdempotencyConflict extends Fault {

    private static final long serialVersionUID = 1L;

    /** Names the key. */
    public IdempotencyConflict(String key) {
        super(
                Kind.CONFLICT,
                "idempotency_conflict",
                "this Idempotency-Key was used for another request",
                Map.of("idempotency_key", key));
    }
}

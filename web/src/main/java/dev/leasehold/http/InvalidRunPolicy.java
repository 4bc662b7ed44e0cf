package dev.leasehold.http;

import dev.leasehold.fault.Fault;
import java.util.Map;

/** A run policy that cannot be, in AQ 1.3's words. */
final class InvalidRunPolicy extends Fault {

    private static final long serialVersionUID = 1L;

    InvalidRunPolicy(String field, String reason) {
        super(
                Kind.INVALID,
                "invalid_task",
                "invalid run policy: " + reason,
                Map.of("field", "run_policy." + field, "reason", reason));
    }
}

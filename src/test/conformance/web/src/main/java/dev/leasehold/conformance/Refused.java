package dev.leasehold.conformance;

import dev.leasehold.fault.Fault;
import java.util.Map;

/** The kit's own refusals; the product's are passed on as they are. */
public final class Refused extends Fault {

    private static final long serialVersionUID = 1L;

    private Refused(Kind kind, String code, String message, Map<String, Object> details) {
        super(kind, code, message, details);
    }

    /** A member that is not understood, or out of bounds. */
    static Refused member(String field, String reason) {
        return new Refused(
                Kind.INVALID, "invalid_request", field + ": " + reason, Map.of("field", field, "reason", reason));
    }

    /** The body is no JSON. */
    static Refused malformed(String message) {
        return new Refused(Kind.MALFORMED, "malformed_json", message, Map.of());
    }

    /** An outcome that cannot be. */
    static Refused outcome(String message) {
        return new Refused(Kind.INVALID, "invalid_outcome", message, Map.of());
    }

    /** AQ 3.3's rejections. */
    static Refused mutation(String message) {
        return new Refused(Kind.CONFLICT, "mutation_rejected", message, Map.of());
    }

    /** The node lives by its own clock and timers. */
    static Refused byTimers() {
        return new Refused(Kind.CONFLICT, "by_timers", "only with -Dleasehold.duties=manual", Map.of());
    }

    /** Something did not come to rest. */
    static Refused busy() {
        return new Refused(
                Kind.UNAVAILABLE,
                "still_running",
                "a handler still runs after a minute; nothing waits longer",
                Map.of());
    }
}

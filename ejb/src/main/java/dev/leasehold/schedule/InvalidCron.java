package dev.leasehold.schedule;

import dev.leasehold.fault.Fault;
import java.util.Map;

/** A recurrence that cannot be (AQ 1.3, decisions 6). */
public final class InvalidCron extends Fault {

    private static final long serialVersionUID = 1L;

    private final String field;
    private final String reason;

    /**
     * Names the member.
     *
     * @param field its name within the policy
     * @param reason what is wrong with it, in AQ 1.3's words where it has some
     */
    public InvalidCron(String field, String reason) {
        super(
                Kind.INVALID,
                "invalid_request",
                "invalid run policy: " + reason,
                Map.of("field", "run_policy.Cron." + field, "reason", reason));
        this.field = field;
        this.reason = reason;
    }

    /** The member's name within the policy. */
    public String field() {
        return field;
    }

    /** What is wrong with it. */
    public String reason() {
        return reason;
    }
}

package dev.leasehold.task;

import dev.leasehold.fault.Fault;
import java.util.Map;

/** A task that cannot be admitted as it is (AQ 1.2 to 1.5, http.md 1). */
public final class InvalidTask extends Fault {

    private static final long serialVersionUID = 1L;

    private InvalidTask(String message, String field, String reason) {
        super(Kind.INVALID, "invalid_task", message, Map.of("field", field, "reason", reason));
    }

    /** Its id, which says all itself. */
    static InvalidTask id(String reason) {
        return new InvalidTask(reason, "id", reason);
    }

    /** A member of the task itself, or of its metadata. */
    public static InvalidTask member(String field, String reason) {
        return new InvalidTask("invalid task " + field + ": " + reason, field, reason);
    }

    /** A member of its constraints. */
    public static InvalidTask constraint(String field, String reason) {
        return new InvalidTask("invalid task constraints: " + reason, "constraints." + field, reason);
    }

    /** A member of its run policy, in AQ 1.3's words. */
    public static InvalidTask policy(String field, String reason) {
        return new InvalidTask("invalid run policy: " + reason, "run_policy." + field, reason);
    }
}

package dev.leasehold.letter;

import dev.leasehold.fault.Fault;
import java.util.Map;

/** No dead letter that the caller may see, and that leaves anything to be decided, has that cause. */
public final class FailureNotFound extends Fault {

    private static final long serialVersionUID = 1L;

    /** Names the cause. */
    public FailureNotFound(String fingerprint) {
        super(Kind.NOT_FOUND, "failure_not_found", "failure not found", Map.of("fingerprint", fingerprint));
    }
}

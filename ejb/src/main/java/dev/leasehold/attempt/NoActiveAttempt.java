package dev.leasehold.attempt;

import dev.leasehold.fault.Fault;
import java.util.Map;
import java.util.UUID;

/** The attempt has ended otherwise than is reported, or none was started. */
public final class NoActiveAttempt extends Fault {

    private static final long serialVersionUID = 1L;

    /** Names the run, in AQ 3.3's words. */
    public NoActiveAttempt(UUID run) {
        super(
                Kind.CONFLICT,
                "no_active_attempt",
                "attempt-finish rejected for run " + run + ": no active attempt present",
                Map.of("run_id", run.toString()));
    }
}

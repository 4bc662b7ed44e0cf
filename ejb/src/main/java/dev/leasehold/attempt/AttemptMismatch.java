package dev.leasehold.attempt;

import dev.leasehold.fault.Fault;
import java.util.Map;
import java.util.UUID;

/** The worker holds the run, but reports of another attempt than the one that is open. */
public final class AttemptMismatch extends Fault {

    private static final long serialVersionUID = 1L;

    /** Names both attempts, in AQ 3.3's words. */
    public AttemptMismatch(UUID run, UUID open, UUID reported) {
        super(
                Kind.CONFLICT,
                "attempt_mismatch",
                "attempt-finish rejected for run " + run + ": attempt mismatch expected=" + open + " provided="
                        + reported,
                Map.of("run_id", run.toString(), "expected", open.toString(), "provided", reported.toString()));
    }
}

package dev.leasehold.lease;

import dev.leasehold.fault.Fault;
import java.util.Map;
import java.util.UUID;

/** The lease's attempt has been started already: it can neither be started again nor given back. */
public final class AttemptInProgress extends Fault {

    private static final long serialVersionUID = 1L;

    /** Names the attempt, so that a worker whose answer was lost can go on with it. */
    public AttemptInProgress(UUID run, UUID attempt, int number) {
        super(
                Kind.CONFLICT,
                "attempt_in_progress",
                "attempt-start rejected for run " + run + ": active attempt " + attempt + " already exists",
                Map.of("run_id", run.toString(), "attempt_id", attempt.toString(), "attempt_number", number));
    }
}

package dev.leasehold.run;

import dev.leasehold.fault.Fault;
import java.util.Map;
import java.util.UUID;

/** What was asked does not apply to the run as it stands. */
public final class InvalidState extends Fault {

    private static final long serialVersionUID = 1L;

    /** Names the run, its state and, in the contract's words where it has some, why not. */
    public InvalidState(UUID run, RunState state, String message) {
        super(Kind.CONFLICT, "invalid_state", message, Map.of("run_id", run.toString(), "state", state.word()));
    }
}

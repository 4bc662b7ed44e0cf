package dev.leasehold.run;

import dev.leasehold.fault.Fault;
import java.util.Map;
import java.util.UUID;

/** The run is being done again already. */
public final class AlreadyRerun extends Fault {

    private static final long serialVersionUID = 1L;

    /** Names the run, and its re-run that has not ended. */
    public AlreadyRerun(UUID run, UUID rerun) {
        super(
                Kind.CONFLICT,
                "already_rerun",
                "run " + run + " is rerun already: " + rerun + " has not ended",
                Map.of("run_id", run.toString(), "rerun_run_id", rerun.toString()));
    }
}

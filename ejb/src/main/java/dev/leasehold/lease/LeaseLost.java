package dev.leasehold.lease;

import dev.leasehold.fault.Fault;
import java.util.Map;
import java.util.UUID;

/** The lease that a worker names is no longer, or never was, its own. */
public final class LeaseLost extends Fault {

    private static final long serialVersionUID = 1L;

    /** Names the run and the stale fence. */
    public LeaseLost(UUID run, long fence) {
        super(
                Kind.CONFLICT,
                "lease_lost",
                "run " + run + " is not leased under fence " + fence + " by this worker",
                Map.of("run_id", run.toString(), "fence", fence));
    }
}

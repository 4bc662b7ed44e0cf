package dev.leasehold.lease;

import dev.leasehold.fault.Fault;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;

/** The lease that a worker names is no longer, or never was, its own. */
public final class LeaseLost extends Fault {

    private static final long serialVersionUID = 1L;

    /** What became of the lease. */
    public enum Reason {
        /** The run was called off. */
        CANCELED,
        /** It was not kept, and somebody acted on that. */
        EXPIRED,
        /** The worker gave it back. */
        RELEASED,
        /** The worker reported how the attempt ended. */
        FINISHED,
        /** It is another worker's, or there never was one of that number. */
        NOT_YOURS
    }

    private final Reason reason;

    /** Names the run, the stale fence and what became of it. */
    public LeaseLost(UUID run, long fence, Reason reason) {
        super(
                Kind.CONFLICT,
                "lease_lost",
                "run " + run + " is not leased under fence " + fence + " by this worker",
                Map.of("run_id", run.toString(), "fence", fence, "reason", word(reason)));
        this.reason = reason;
    }

    /** What became of the lease. */
    public Reason reason() {
        return reason;
    }

    private static String word(Reason reason) {
        return reason.name().toLowerCase(Locale.ROOT);
    }
}

package dev.leasehold.lease;

import dev.leasehold.sql.LockedRun;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A lease as its worker names it.
 *
 * @param owner the worker
 * @param runId the run
 * @param fence the lease's number
 */
public record HeldLease(String owner, UUID runId, long fence) {

    /** Whether the run is held so at the moment. */
    public boolean isHeld(@Nullable LockedRun run) {
        return run != null && run.isLeasedTo(owner, fence);
    }
}

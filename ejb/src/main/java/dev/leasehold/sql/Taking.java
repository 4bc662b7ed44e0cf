package dev.leasehold.sql;

import java.time.Instant;
import java.util.UUID;

/**
 * A permit that comes with a lease, taken or kept.
 *
 * @param permit the permit
 * @param run the run that is leased
 * @param fence the lease's number among those of its run
 * @param permitFence its number among those of the permit
 */
record Taking(PermitRow permit, UUID run, long fence, long permitFence) {

    Values values(UUID tenant, Instant now) {
        return new Values()
                .set("tenant", tenant)
                .set("permit", permit.id())
                .set("run_id", run)
                .set("fence", fence)
                .set("permit_fence", permitFence)
                .set("now", now)
                .set("until", permit.period() == null ? null : now.plus(permit.period()));
    }
}

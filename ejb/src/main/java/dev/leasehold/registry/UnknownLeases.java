package dev.leasehold.registry;

import dev.leasehold.attempt.ExpireUnknownLeases;
import dev.leasehold.lease.HeldLease;
import dev.leasehold.lease.Leases;
import dev.leasehold.sql.Repeats;
import dev.leasehold.tenant.Caller;
import dev.leasehold.worker.ActiveAttempts;
import dev.leasehold.worker.Forgotten;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;

/**
 * Leases of this node of which it knows nothing. What the next free worker is to take up, because the commit of its claim
 * was thought lost, is known.
 */
@ApplicationScoped
class UnknownLeases {

    @Inject
    Repeats repeats;

    @Inject
    Leases leases;

    @Inject
    ActiveAttempts active;

    @Inject
    Forgotten forgotten;

    @Inject
    ExpireUnknownLeases expire;

    boolean isUnknown(HeldLease lease) {
        return !active.knows(lease.runId(), lease.fence()) && !forgotten.suspects(lease.runId(), lease.fence());
    }

    /** Ends one, if it is still unknown while this holds it; answers whether it did. */
    boolean end(Caller caller, HeldLease lease) {
        return repeats.call(() -> {
            boolean held = !leases.begun(caller, lease.owner(), Map.of(lease.runId(), lease.fence()))
                    .isEmpty();
            return held
                    && isUnknown(lease)
                    && expire.execute(caller, List.of(lease)).get(0);
        });
    }
}

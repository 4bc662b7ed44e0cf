package dev.leasehold.lease;

import dev.leasehold.run.RunKey;
import dev.leasehold.sql.Claimed;
import dev.leasehold.sql.LeaseStatement;
import dev.leasehold.sql.QueueSession;
import dev.leasehold.tenant.Caller;
import dev.leasehold.time.Leasehold;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** Reads leases, within a transaction. */
@ApplicationScoped
public class Leases {

    @Inject
    @Leasehold
    EntityManager entities;

    @Inject
    QueueSession session;

    @Inject
    LeaseStatement statement;

    /** The run's lease, while it has one. */
    public Optional<Lease> of(Caller caller, UUID run) {
        return Optional.ofNullable(entities.find(Lease.class, new RunKey(caller.tenant(), run)));
    }

    /**
     * The runs that a node has started and not reported, as their claims answered them.
     *
     * @param node the node's process
     * @param max how many at most
     */
    public List<Claimed> startedBy(Caller caller, UUID node, int max) {
        return session.work(connection -> statement.claimed(
                connection, caller.tenant(), statement.ofNode(connection, caller.tenant(), node, max)));
    }

    /** The fences of the leases that those runs have at the moment, by run id. */
    public Map<UUID, Long> fences(Caller caller, Collection<UUID> runs) {
        Map<UUID, Long> fences = new HashMap<>();
        if (!runs.isEmpty()) {
            entities.createQuery("""
                            select l.key.runId, l.fence from Lease l
                            where l.key.tenantId = :tenant and l.key.runId in :runs
                            """, Object[].class)
                    .setParameter("tenant", caller.tenant())
                    .setParameter("runs", runs)
                    .getResultStream()
                    .forEach(row -> fences.put((UUID) row[0], (Long) row[1]));
        }
        return fences;
    }
}

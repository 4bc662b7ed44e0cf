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
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

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

    /**
     * Of the leases that a worker names those that it still has, as their claims answered them, in the same order; what
     * has been started since is shown with its attempt.
     */
    public List<Claimed> held(Caller caller, List<HeldLease> leases) {
        List<UUID> runs = leases.stream().map(HeldLease::runId).toList();
        Set<HeldLease> current = current(caller, runs);
        List<UUID> own =
                leases.stream().filter(current::contains).map(HeldLease::runId).toList();
        Map<UUID, Claimed> found = new HashMap<>();
        session.work(connection -> statement.claimed(connection, caller.tenant(), own))
                .forEach(one -> found.put(one.runId(), one));
        return own.stream().map(found::get).filter(Objects::nonNull).toList();
    }

    private Set<HeldLease> current(Caller caller, Collection<UUID> runs) {
        return runs.isEmpty()
                ? Set.of()
                : entities.createQuery("""
                                select new dev.leasehold.lease.HeldLease(l.owner, l.key.runId, l.fence) from Lease l
                                where l.key.tenantId = :tenant and l.key.runId in :runs
                                """, HeldLease.class)
                        .setParameter("tenant", caller.tenant())
                        .setParameter("runs", runs)
                        .getResultStream()
                        .collect(Collectors.toSet());
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

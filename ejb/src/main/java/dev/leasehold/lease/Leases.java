package dev.leasehold.lease;

import dev.leasehold.run.RunKey;
import dev.leasehold.sql.ChangeStatement;
import dev.leasehold.sql.Claimed;
import dev.leasehold.sql.LeaseStatement;
import dev.leasehold.sql.LockedRun;
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

    @Inject
    ChangeStatement runs;

    /** The run's lease, while it has one. */
    public Optional<Lease> of(Caller caller, UUID run) {
        return Optional.ofNullable(entities.find(Lease.class, new RunKey(caller.tenant(), run)));
    }

    /**
     * The fences of the runs that a node has started and not reported, by run.
     *
     * @param node the node's process
     */
    public Map<UUID, Long> startedBy(Caller caller, UUID node) {
        return session.work(connection -> statement.ofNode(connection, caller.tenant(), node));
    }

    /** The same of some runs only, which costs nothing for the others. */
    public Map<UUID, Long> startedBy(Caller caller, UUID node, Collection<UUID> some) {
        return some.isEmpty()
                ? Map.of()
                : session.work(connection -> statement.ofNode(connection, caller.tenant(), node, some));
    }

    /**
     * Of those runs the ones that a worker has started under these fences and not reported, as their claims answered
     * them. The transaction holds them from now on; what another one holds is left out.
     */
    public List<Claimed> begun(Caller caller, String owner, Map<UUID, Long> fences) {
        return session.work(connection -> {
            List<UUID> own = runs.lockFree(connection, caller.tenant(), fences.keySet()).stream()
                    .filter(run -> run.isLeasedTo(owner, Objects.requireNonNull(fences.get(run.id()))))
                    .filter(run -> Objects.requireNonNull(run.lease()).attempt() != null)
                    .map(LockedRun::id)
                    .toList();
            return statement.claimed(connection, caller.tenant(), own);
        });
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
}

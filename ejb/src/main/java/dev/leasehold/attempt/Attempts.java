package dev.leasehold.attempt;

import dev.leasehold.tenant.Caller;
import dev.leasehold.time.Leasehold;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import java.util.Collection;
import java.util.List;
import java.util.UUID;

/** Reads ended attempts, within a transaction. */
@ApplicationScoped
public class Attempts {

    @Inject
    @Leasehold
    EntityManager entities;

    /** Those of the attempts of these runs, at least one, that have ended. */
    public List<AttemptRecord> all(Caller caller, Collection<UUID> runs, Collection<UUID> ids) {
        return entities.createQuery("""
                        from AttemptRecord a
                        where a.key.tenantId = :tenant and a.key.runId in :runs and a.attemptId in :attempts
                        """, AttemptRecord.class)
                .setParameter("tenant", caller.tenant())
                .setParameter("runs", runs)
                .setParameter("attempts", ids)
                .getResultList();
    }

    /** The run's ended attempts, in their order. */
    public List<AttemptRecord> of(Caller caller, UUID run) {
        return entities.createQuery("""
                        from AttemptRecord a
                        where a.key.tenantId = :tenant and a.key.runId = :run
                        order by a.key.number
                        """, AttemptRecord.class)
                .setParameter("tenant", caller.tenant())
                .setParameter("run", run)
                .getResultList();
    }
}

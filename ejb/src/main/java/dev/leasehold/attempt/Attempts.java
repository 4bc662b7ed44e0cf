package dev.leasehold.attempt;

import dev.leasehold.tenant.Caller;
import dev.leasehold.time.Leasehold;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
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

    /** The run's last attempts that have ended, in their order, without what they put out. */
    public List<EndedAttempt> newest(Caller caller, UUID run, int max) {
        List<EndedAttempt> newest = new ArrayList<>(entities.createQuery("""
                        select new dev.leasehold.attempt.EndedAttempt(
                            a.key.number, a.attemptId, a.startedAt, a.finishedAt, a.result, a.error)
                        from AttemptRecord a
                        where a.key.tenantId = :tenant and a.key.runId = :run
                        order by a.key.number desc
                        """, EndedAttempt.class)
                .setParameter("tenant", caller.tenant())
                .setParameter("run", run)
                .setMaxResults(max)
                .getResultList());
        Collections.reverse(newest);
        return newest;
    }

    /** When the run was attempted first, among those that have ended. */
    public Optional<Instant> first(Caller caller, UUID run) {
        return entities.createQuery("""
                        select a.startedAt from AttemptRecord a
                        where a.key.tenantId = :tenant and a.key.runId = :run
                        order by a.key.number
                        """, Instant.class)
                .setParameter("tenant", caller.tenant())
                .setParameter("run", run)
                .setMaxResults(1)
                .getResultStream()
                .findFirst();
    }
}

package dev.leasehold.run;

import dev.leasehold.tenant.Caller;
import dev.leasehold.time.Leasehold;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;

/** Reads what events say beyond their columns, within a transaction. */
@ApplicationScoped
public class EventsData {

    @Inject
    @Leasehold
    EntityManager entities;

    /** Of a run's events from one version to another, both included, by version; most events have none. */
    public Map<Integer, EventData> of(Caller caller, UUID run, int from, int to) {
        return entities.createQuery("""
                        from EventData d
                        where d.key.tenantId = :tenant and d.key.runId = :run and d.key.version between :from and :to
                        """, EventData.class)
                .setParameter("tenant", caller.tenant())
                .setParameter("run", run)
                .setParameter("from", from)
                .setParameter("to", to)
                .getResultStream()
                .collect(Collectors.toMap(EventData::version, data -> data));
    }
}

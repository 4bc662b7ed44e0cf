package dev.leasehold.queue;

import dev.leasehold.sql.PermitNames;
import dev.leasehold.sql.PermitRow;
import dev.leasehold.sql.PermitScope;
import dev.leasehold.sql.PermitStatement;
import dev.leasehold.sql.QueueSession;
import dev.leasehold.tenant.Caller;
import dev.leasehold.time.Leasehold;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/** Reads limits and the queues that they may be set on, within a transaction. */
@ApplicationScoped
public class Limits {

    @Inject
    QueueSession session;

    @Inject
    PermitNames names;

    @Inject
    PermitStatement permits;

    @Inject
    @Leasehold
    EntityManager entities;

    /** A permit, if there is one of that name. */
    public Optional<PermitRow> find(Caller caller, PermitScope scope, String name) {
        return session.work(connection -> find(connection, caller, scope, name));
    }

    private Optional<PermitRow> find(Connection connection, Caller caller, PermitScope scope, String name)
            throws SQLException {
        Optional<Long> number = names.number(connection, caller.tenant(), scope, name);
        return number.isEmpty()
                ? Optional.empty()
                : permits.read(connection, caller.tenant(), List.of(number.get())).stream()
                        .findFirst();
    }

    /** Every queue that a task was ever submitted to, or that is paused, by name. */
    public List<String> queues(Caller caller) {
        return entities.createQuery("""
                        select distinct l.queue from Lane l where l.key.tenantId = :tenant
                        union
                        select p.key.queue from Pause p where p.key.tenantId = :tenant and p.key.queue <> ''
                        order by 1
                        """, String.class)
                .setParameter("tenant", caller.tenant())
                .getResultList();
    }
}

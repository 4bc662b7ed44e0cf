package dev.leasehold.audit;

import dev.leasehold.sql.AuditHead;
import dev.leasehold.sql.AuditRow;
import dev.leasehold.sql.AuditStatement;
import dev.leasehold.sql.QueueSession;
import dev.leasehold.sql.Transactions;
import dev.leasehold.tenant.Caller;
import dev.leasehold.time.Ids;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;

/**
 * Records what commands did, in their own transaction and in the order in which they did it. It is written when all else
 * is done: whoever holds a tenant's chain waits for nothing any more.
 */
@ApplicationScoped
public class AuditTrail {

    private record Told(Caller caller, Instant now, Effect effect) {}

    /** What the transaction did so far. */
    private record Pending(List<Told> told) {}

    @Inject
    Ids ids;

    @Inject
    Transactions transactions;

    @Inject
    QueueSession session;

    @Inject
    AuditStatement statement;

    /** Has effects recorded with the current transaction's commit. */
    public void record(Caller caller, Instant now, List<Effect> effects) {
        if (effects.isEmpty()) {
            return;
        }
        Pending pending = transactions.keep(Pending.class, () -> new Pending(new ArrayList<>()));
        if (pending.told().isEmpty()) {
            transactions.beforeCommit(() -> write(pending));
        }
        effects.forEach(effect -> pending.told().add(new Told(caller, now, effect)));
    }

    private void write(Pending pending) {
        Map<UUID, List<Told>> byTenant = new TreeMap<>();
        pending.told()
                .forEach(one -> byTenant.computeIfAbsent(one.caller().tenant(), tenant -> new ArrayList<>())
                        .add(one));
        pending.told().clear();
        byTenant.forEach((tenant, told) -> session.work(connection -> append(connection, tenant, told)));
    }

    private int append(Connection connection, UUID tenant, List<Told> told) throws SQLException {
        AuditHead head = statement.lock(connection, tenant);
        List<AuditRow> rows = new ArrayList<>();
        String last = head.recordHash();
        for (Told one : told) {
            AuditRow row = new AuditRow(
                    head.seq() + 1 + rows.size(),
                    ids.next().toString(),
                    one.effect().type().word(),
                    one.caller().subject(),
                    one.now().toEpochMilli(),
                    one.effect().about(),
                    CanonicalJson.of(one.effect().payload()),
                    last,
                    "");
            rows.add(Chain.sealed(head.place(), row));
            last = rows.get(rows.size() - 1).recordHash();
        }
        return statement.append(connection, tenant, rows);
    }
}

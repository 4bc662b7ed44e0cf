package dev.leasehold.run;

import dev.leasehold.sql.LimitStatement;
import dev.leasehold.sql.Parking;
import dev.leasehold.sql.PermitRow;
import dev.leasehold.sql.PermitStatement;
import dev.leasehold.sql.QueueSession;
import dev.leasehold.tenant.Caller;
import dev.leasehold.time.Leasehold;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;

/**
 * Has parked runs claimed again where their permit has room: rates whose period is over, limits that were raised, and
 * whatever nobody unparked. Before that, limits get hold of queues and types that were new while they were set. Runs of
 * all tenants; permits that another transaction holds are passed by.
 */
@Stateless
public class UnparkRuns {

    @Inject
    @Leasehold
    Clock clock;

    @Inject
    QueueSession session;

    @Inject
    PermitStatement permits;

    @Inject
    IdleRoom idle;

    @Inject
    LimitStatement limits;

    @Inject
    ReadyBell bell;

    @Inject
    Alarm alarm;

    /**
     * Looks once for each batch size.
     *
     * @param caller whom nothing names: parking is no event (decisions 4)
     * @param batches how many permits each batch looks at at most, 1 to 10000
     * @return for how many permits each batch did something
     */
    public List<Integer> execute(Caller caller, List<Integer> batches) {
        Instant now = clock.instant();
        session.work(connection -> limits.imposeOnNewLanes(connection, now));
        Map<PermitStatement.Key, Long> waiting = new HashMap<>();
        List<Integer> changed = batches.stream()
                .map(max -> session.work(connection -> unpark(connection, now, max, waiting)))
                .toList();
        idle.remember(waiting);
        if (changed.stream().anyMatch(count -> count > 0)) {
            bell.ringOnCommit();
        }
        return changed;
    }

    private int unpark(Connection connection, Instant now, int max, Map<PermitStatement.Key, Long> waiting)
            throws SQLException {
        TreeMap<UUID, TreeSet<Long>> byTenant = new TreeMap<>();
        for (PermitStatement.Key key : permits.lapsed(connection, now, max)) {
            byTenant.computeIfAbsent(key.tenant(), tenant -> new TreeSet<>()).add(key.permit());
        }
        for (PermitStatement.Key key : permits.waiting(connection, max)) {
            byTenant.computeIfAbsent(key.tenant(), tenant -> new TreeSet<>()).add(key.permit());
        }
        int changed = 0;
        for (UUID tenant : byTenant.keySet()) {
            for (PermitRow permit : permits.lockFree(connection, tenant, byTenant.get(tenant))) {
                changed +=
                        unpark(connection, new PermitStatement.Key(tenant, permit.id()), permit, now, waiting) ? 1 : 0;
            }
        }
        return changed;
    }

    private boolean unpark(
            Connection connection,
            PermitStatement.Key key,
            PermitRow permit,
            Instant now,
            Map<PermitStatement.Key, Long> waiting)
            throws SQLException {
        UUID tenant = key.tenant();
        PermitRow refilled = permit.period() == null ? permit : permits.refill(connection, tenant, permit, now);
        Parking.Unparked unparked = Parking.unpark(connection, tenant, refilled, idle.least(key, permit.fence()));
        PermitRow after = unparked.permit();
        alarm.onCommit(permits.refillsAt(connection, tenant, after).orElse(null));
        if (!after.equals(permit)) {
            permits.count(connection, tenant, List.of(after));
        }
        if (after.waiting() && after.room() > 0) {
            waiting.put(key, after.fence());
        }
        return unparked.runs() > 0 || !after.equals(permit);
    }
}

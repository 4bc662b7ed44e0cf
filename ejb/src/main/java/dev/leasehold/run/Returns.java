package dev.leasehold.run;

import dev.leasehold.sql.Parking;
import dev.leasehold.sql.PermitRow;
import dev.leasehold.sql.PermitStatement;
import dev.leasehold.sql.PermitStatement.Held;
import dev.leasehold.sql.QueueSession;
import dev.leasehold.tenant.Caller;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/** Gives permits back as soon as their runs need them no more, and lets those go on that waited for them. */
@ApplicationScoped
public class Returns {

    @Inject
    QueueSession session;

    @Inject
    PermitStatement permits;

    @Inject
    ReadyBell bell;

    /**
     * Takes back what these runs held and do not keep. The runs are held by this transaction.
     *
     * @param caller the tenant
     * @param moved runs that hold permits, and where they went
     */
    public void of(Caller caller, Map<UUID, RunState> moved) {
        if (moved.isEmpty()) {
            return;
        }
        if (session.work(connection -> giveBack(connection, caller.tenant(), moved))) {
            bell.ringOnCommit();
        }
    }

    private boolean giveBack(Connection connection, UUID tenant, Map<UUID, RunState> moved) throws SQLException {
        List<Held> held = permits.heldBy(connection, tenant, moved.keySet());
        List<Held> given = held.stream()
                .filter(one -> !Keeping.keeps(one, Objects.requireNonNull(moved.get(one.run()))))
                .toList();
        Set<UUID> empty = new HashSet<>(moved.keySet());
        held.stream().filter(one -> !given.contains(one)).map(Held::run).forEach(empty::remove);
        Map<Long, Long> counts = given.stream().collect(Collectors.groupingBy(Held::permit, Collectors.counting()));
        List<PermitRow> locked = permits.lock(connection, tenant, counts.keySet());
        permits.give(connection, tenant, given, empty);
        List<PermitRow> after = new ArrayList<>();
        for (PermitRow permit : locked) {
            int returned = counts.getOrDefault(permit.id(), 0L).intValue();
            after.add(
                    Parking.unpark(connection, tenant, permit.after(-returned)).permit());
        }
        permits.count(connection, tenant, after);
        return !given.isEmpty();
    }
}

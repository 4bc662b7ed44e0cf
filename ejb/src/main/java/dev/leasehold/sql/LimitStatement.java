package dev.leasehold.sql;

import dev.leasehold.sql.PermitNames.Wanted;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Sets how many runs of a key, a queue or a type may be under way at once. */
@ApplicationScoped
public class LimitStatement {

    private static final Sql LEASED = Sql.of("common", "leased_in");
    private static final Sql FREE = Sql.of("common", "lock_free_runs");
    private static final Sql UNLIMITED = Sql.of("common", "unlimited_lanes");
    private static final Sql LIMIT_QUEUE = Sql.of("common", "limit_queue");
    private static final Sql LIMIT_TASK = Sql.of("common", "limit_task");
    private static final Sql GATE_RUNS = Sql.of("common", "gate_runs");
    private static final Sql LIMIT_TYPE = Sql.of("common", "limit_type");

    @Inject
    PermitNames names;

    @Inject
    PermitStatement permits;

    /** Keeps every run of a task from being leased, or no longer. Runs that are leased go on. */
    public PermitRow pause(Connection connection, UUID tenant, Instant now, UUID task, boolean paused)
            throws SQLException {
        Values values = new Values().set("tenant", tenant).set("name", task.toString());
        GATE_RUNS.update(connection, values);
        return set(connection, tenant, now, new Limit(PermitScope.TASK, task.toString(), paused ? 0 : null))
                .permit();
    }

    /**
     * A limit: how many of what; null for any number.
     *
     * @param reason why, in the words of whoever asks
     */
    public record Limit(
            PermitScope scope,
            String name,
            @Nullable Integer most,
            @Nullable String reason) {

        /** Without a reason. */
        public Limit(PermitScope scope, String name, @Nullable Integer most) {
            this(scope, name, most, null);
        }

        /** How many there may be while nobody says otherwise. */
        private static @Nullable Integer usual(PermitScope scope) {
            return scope == PermitScope.KEY ? 1 : null;
        }
    }

    /**
     * What became of a limit.
     *
     * @param before how many there might be until now; null for any number
     * @param permit the permit as it is
     */
    public record Setting(@Nullable Integer before, PermitRow permit) {}

    private record Leased(UUID run, long fence) {}

    /**
     * Sets a limit. Runs of a queue or a type that are leased already count from then on; one that is being leased or
     * ended by another transaction at this moment does not.
     */
    public Setting set(Connection connection, UUID tenant, Instant now, Limit limit) throws SQLException {
        Wanted usual = new Wanted(limit.name(), Limit.usual(limit.scope()), null);
        long id = Objects.requireNonNull(
                names.open(connection, tenant, limit.scope(), List.of(usual)).get(limit.name()));
        PermitRow before = permits.lock(connection, tenant, List.of(id)).get(0);
        names.set(connection, tenant, id, new Wanted(limit.name(), limit.most(), null));
        return new Setting(before.most(), impose(connection, tenant, now, before.most(limit.most())));
    }

    /**
     * Imposes limits on lanes that were being opened while they were set. Limits that another transaction holds are
     * passed by.
     *
     * @return how many limits were concerned
     */
    public int imposeOnNewLanes(Connection connection, Instant now) throws SQLException {
        Values scopes =
                new Values().set("queue_scope", PermitScope.QUEUE.word()).set("type_scope", PermitScope.TYPE.word());
        int imposed = 0;
        for (PermitStatement.Key key : UNLIMITED.query(connection, scopes, PermitStatement.Key::read)) {
            for (PermitRow permit : permits.lockFree(connection, key.tenant(), List.of(key.permit()))) {
                impose(connection, key.tenant(), now, permit);
                imposed++;
            }
        }
        return imposed;
    }

    private PermitRow impose(Connection connection, UUID tenant, Instant now, PermitRow permit) throws SQLException {
        PermitRow counted = permit;
        Values values =
                new Values().set("tenant", tenant).set("name", permit.name()).set("permit", permit.id());
        switch (permit.scope()) {
            case TASK -> LIMIT_TASK.update(connection, values);
            case QUEUE, TYPE -> {
                Sql lanes = permit.scope() == PermitScope.QUEUE ? LIMIT_QUEUE : LIMIT_TYPE;
                lanes.update(connection, permit.most() == null ? values.set("permit", null) : values);
                counted = adopt(connection, tenant, now, permit);
            }
            case KEY, RATE -> {
                // named by tasks
            }
        }
        PermitRow after = Parking.unpark(connection, tenant, counted).permit();
        permits.count(connection, tenant, List.of(after));
        return after;
    }

    private PermitRow adopt(Connection connection, UUID tenant, Instant now, PermitRow permit) throws SQLException {
        Values values = new Values()
                .set("tenant", tenant)
                .set("by_queue", permit.scope() == PermitScope.QUEUE)
                .set("name", permit.name())
                .set("permit", permit.id());
        List<Leased> leased = leased(connection, values);
        Values named = new Values().set("tenant", tenant).column("run_ids", "uuid", leased, Leased::run);
        Set<UUID> held = new HashSet<>(FREE.query(connection, named, row -> Rows.uuid(row, "run_id")));
        PermitRow after = permit;
        List<Taking> takings = new ArrayList<>();
        for (Leased one : leased(connection, values)) {
            if (held.contains(one.run())) {
                after = after.after(1);
                takings.add(new Taking(permit, one.run(), one.fence(), after.fence()));
            }
        }
        permits.take(connection, tenant, now, takings);
        return after;
    }

    private static List<Leased> leased(Connection connection, Values values) throws SQLException {
        return LEASED.query(connection, values, row -> new Leased(Rows.uuid(row, "run_id"), row.getLong("fence")));
    }
}

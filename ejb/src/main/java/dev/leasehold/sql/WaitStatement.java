package dev.leasehold.sql;

import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Reads and stores what runs wait for; whoever changes a wait holds its run. */
@ApplicationScoped
public class WaitStatement {

    private static final String COMMON = "common";
    private static final Sql OPEN_H2 = Sql.of("h2", "open_wait");
    private static final Sql OPEN_POSTGRESQL = Sql.of("postgresql", "open_wait");
    private static final InsertOrNothing OPEN = InsertOrNothing.of(OPEN_H2, OPEN_POSTGRESQL);
    private static final Sql SET = Sql.of(COMMON, "set_wait");
    private static final Sql BLOCKING = Sql.of(COMMON, "blocking_waits");
    private static final Sql OF_RUN = Sql.of(COMMON, "waits_of_run");
    private static final Sql NAMED = Sql.of(COMMON, "waits");
    private static final Sql DUE = Sql.of(COMMON, "due_waits");

    /** A run of which a wait is due. */
    public record Due(UUID tenant, UUID run) {}

    /** Stores a new wait unless the tenant has one of its name, and answers whether it is new. */
    public boolean open(Connection connection, WaitRow wait, @Nullable Instant dueAt) throws SQLException {
        return OPEN.insert(connection, wait.values(dueAt));
    }

    /** Stores how a wait stands now. */
    public void set(Connection connection, WaitRow wait, @Nullable Instant dueAt) throws SQLException {
        if (SET.update(connection, wait.values(dueAt)) != 1) {
            throw new IllegalStateException("a wait was removed although its run was held");
        }
    }

    /** Settles what a wait left when it took too long, now that it was answered. */
    public void answered(Connection connection, LockedRun run, String wait, String actor, Instant now)
            throws SQLException {
        PassedWaits.settle(connection, run, wait, actor, now);
    }

    /** The waits that keep runs from going on, oldest first. */
    public List<WaitRow> blocking(Connection connection, UUID tenant, Collection<UUID> runs) throws SQLException {
        return runs.isEmpty()
                ? List.of()
                : BLOCKING.query(connection, new Values().set("tenant", tenant).ids("run_ids", runs), WaitRow::read);
    }

    /** The first waits of a run behind that one, or of all, oldest first. */
    public List<WaitRow> page(Connection connection, UUID tenant, UUID run, @Nullable WaitRow after, int max)
            throws SQLException {
        return OF_RUN.query(
                connection,
                new Values()
                        .set("tenant", tenant)
                        .set("run_id", run)
                        .set("after_at", after == null ? Instant.EPOCH : after.createdAt())
                        .set("after_id", after == null ? "" : after.id())
                        .set("max", max),
                WaitRow::read);
    }

    /** The waits of those names. */
    public List<WaitRow> named(Connection connection, UUID tenant, Collection<String> ids) throws SQLException {
        return ids.isEmpty()
                ? List.of()
                : NAMED.query(
                        connection,
                        new Values().set("tenant", tenant).names("wait_ids", "varchar", ids),
                        WaitRow::read);
    }

    /** The runs of the waits that are due, the longest overdue first, each as often as it has one; nothing is held. */
    public List<Due> due(Connection connection, Instant now, int max) throws SQLException {
        return DUE.query(
                connection,
                new Values().set("now", now).set("max", max),
                row -> new Due(Rows.uuid(row, "tenant_id"), Rows.uuid(row, "run_id")));
    }
}

package dev.leasehold.sql;

import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/** Stores how far the instants of tasks that recur have come. A schedule's row is held while its runs are derived. */
@ApplicationScoped
public class ScheduleStatement {

    private static final String COMMON = "common";
    private static final Sql INSERT = Sql.of(COMMON, "schedule");
    private static final Sql REPLACE = Sql.of(COMMON, "replace_schedule");
    private static final Sql ADVANCE = Sql.of(COMMON, "advance_schedule");
    private static final Sql END = Sql.of(COMMON, "end_schedule");
    private static final Sql READ = Sql.of(COMMON, "read_schedules");
    private static final Sql LOCK = Sql.of(COMMON, "lock_schedules");
    private static final Sql LOCK_FREE = Sql.of(COMMON, "lock_free_schedules");
    private static final Sql DUE = Sql.of(COMMON, "due_schedules");
    private static final Sql ENDED = Sql.of(COMMON, "ended_firings");

    /** A task of some tenant. */
    public record Key(UUID tenant, UUID task) {
        static Key read(ResultSet row) throws SQLException {
            return new Key(Rows.uuid(row, "tenant_id"), Rows.uuid(row, "task_id"));
        }
    }

    /**
     * Up to {@code max} schedules with something to decide, and as many with a run that has ended.
     *
     * @param unreadable tasks to leave out
     */
    public Set<Key> due(Connection connection, Instant now, int max, Collection<UUID> unreadable) throws SQLException {
        Values values = new Values()
                .set("now", now)
                .set("max", max)
                .set("everything", "")
                .column("unreadable", "uuid", List.copyOf(unreadable), id -> id);
        Set<Key> keys = new LinkedHashSet<>(DUE.query(connection, values, Key::read));
        keys.addAll(ENDED.query(connection, values, Key::read));
        return keys;
    }

    /** Holds those of the schedules that nobody else holds. */
    public List<ScheduleRow> lockFree(Connection connection, UUID tenant, Collection<UUID> tasks) throws SQLException {
        return locked(LOCK_FREE, connection, tenant, tasks);
    }

    /** Waits until it holds those of the schedules that exist. */
    public List<ScheduleRow> lock(Connection connection, UUID tenant, Collection<UUID> tasks) throws SQLException {
        return locked(LOCK, connection, tenant, tasks);
    }

    private static List<ScheduleRow> locked(Sql lock, Connection connection, UUID tenant, Collection<UUID> tasks)
            throws SQLException {
        return read(connection, tenant, lock.query(connection, named(tenant, tasks), row -> Rows.uuid(row, "task_id")));
    }

    private static List<ScheduleRow> read(Connection connection, UUID tenant, Collection<UUID> tasks)
            throws SQLException {
        return tasks.isEmpty()
                ? List.of()
                : READ.query(connection, named(tenant, tasks).set("everything", ""), ScheduleRow::read);
    }

    /** The schedules of those of the tasks that have one. */
    public List<ScheduleRow> of(Connection connection, UUID tenant, Collection<UUID> tasks) throws SQLException {
        return read(connection, tenant, tasks);
    }

    static Values named(UUID tenant, Collection<UUID> tasks) {
        return new Values().set("tenant", tenant).ids("task_ids", tasks);
    }

    /** Stores new schedules. */
    public void insert(Connection connection, UUID tenant, List<ScheduleRow> rows) throws SQLException {
        INSERT.batch(
                connection,
                rows.stream().map(row -> row.values().set("tenant", tenant)).toList());
    }

    /** Stores another policy of a schedule that is held, and the next version with it. */
    public void replace(Connection connection, UUID tenant, ScheduleRow row) throws SQLException {
        REPLACE.update(connection, row.values().set("tenant", tenant));
    }

    /** Stores how far a schedule that is held has come. */
    public void advance(Connection connection, UUID tenant, UUID task, ScheduleRow.Cursor cursor) throws SQLException {
        ADVANCE.update(
                connection, ScheduleRow.cursor(cursor).set("tenant", tenant).set("task_id", task));
    }

    /** Ends a schedule, if the task has one, once whoever holds it is done. */
    public void end(Connection connection, UUID tenant, UUID task) throws SQLException {
        END.update(connection, new Values().set("tenant", tenant).set("task_id", task));
    }
}

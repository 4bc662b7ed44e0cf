package dev.leasehold.sql;

import dev.leasehold.sql.FeedStatement.Place;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** Removes runs that ended, with everything that is told of them, and their tasks with the last of them. */
@ApplicationScoped
public class RemovalStatement {

    /** The feed's order. */
    public static final Comparator<Place> PLACES = Comparator.comparingLong(Place::pos)
            .thenComparing(Place::runId, Values.BY_BITS)
            .thenComparingInt(Place::version);

    private static final String COMMON = "common";
    private static final Place BEGIN = new Place(0, new UUID(0, 0), 0);
    private static final Sql NEXT_TENANT = Sql.of(COMMON, "next_tenant");
    private static final Sql NEXT = Sql.of(COMMON, "next_runs");
    private static final Sql LOCK_TASKS = Sql.of(COMMON, "lock_free_tasks");
    private static final Sql LOCK = Sql.of(COMMON, "lock_ended_runs");
    private static final Sql EVENTS = Sql.of(COMMON, "remove_events");
    private static final Sql EVENT_DATA = Sql.of(COMMON, "remove_event_data");
    private static final Sql WAITS = Sql.of(COMMON, "remove_waits");
    private static final Sql SIGNALS = Sql.of(COMMON, "remove_signals");
    private static final Sql ATTEMPTS = Sql.of(COMMON, "remove_attempts");
    private static final Sql RERUNS = Sql.of(COMMON, "remove_reruns");
    private static final Sql FIRINGS = Sql.of(COMMON, "remove_firings");
    private static final Sql LETTERS = Sql.of(COMMON, "remove_letters");
    private static final Sql RUNS = Sql.of(COMMON, "remove_runs");
    private static final Sql ENDED_TASKS = Sql.of(COMMON, "ended_tasks");
    private static final Sql UNIQUE_TASKS = Sql.of(COMMON, "remove_unique_tasks");
    private static final Sql PAUSED_TASKS = Sql.of(COMMON, "remove_paused_tasks");
    private static final Sql PERMITS = Sql.of(COMMON, "remove_permits");
    private static final Sql TASKS = Sql.of(COMMON, "remove_tasks");
    private static final Sql RAISE = Sql.of(COMMON, "raise_removed");
    private static final Sql FLOOR = Sql.of(COMMON, "removed");
    private static final List<Sql> OF_RUNS =
            List.of(EVENTS, EVENT_DATA, WAITS, SIGNALS, ATTEMPTS, RERUNS, LETTERS, FIRINGS, RUNS);
    private static final List<Sql> OF_TASKS = List.of(UNIQUE_TASKS, PAUSED_TASKS, PERMITS, TASKS);

    /**
     * A run that was found.
     *
     * @param events how many it has
     * @param ended whether it ended, and was told nothing since, before the instant that was asked for
     */
    public record Found(UUID runId, UUID taskId, int events, Instant createdAt, boolean ended) {

        static Found read(ResultSet row) throws SQLException {
            return new Found(
                    Rows.uuid(row, "run_id"),
                    Rows.uuid(row, "task_id"),
                    row.getInt("version"),
                    Rows.instant(row, "created_at"),
                    row.getBoolean("ended"));
        }
    }

    /**
     * What goes.
     *
     * @param now the command's instant
     * @param endedBefore only runs that ended before it
     * @param settled where a dead letter stands that holds no run back
     */
    public record Removing(Instant now, Instant endedBefore, List<String> settled) {}

    private record Held(UUID taskId, Place last, String state, int attempts) {

        static Held read(ResultSet row) throws SQLException {
            return new Held(
                    Rows.uuid(row, "task_id"),
                    new Place(row.getLong("pos"), Rows.uuid(row, "run_id"), row.getInt("version")),
                    row.getString("state"),
                    row.getInt("attempts_started"));
        }
    }

    @Inject
    Tickets tickets;

    /** The tenant behind that one, in the order of ids. */
    public Optional<UUID> tenantAfter(Connection connection, UUID tenant) throws SQLException {
        return NEXT_TENANT
                .query(connection, new Values().set("tenant", tenant), row -> Rows.uuid(row, "tenant_id"))
                .stream()
                .findFirst();
    }

    /** The next runs of a tenant in the order of their ids, whatever their state; nothing is held. */
    public List<Found> next(Connection connection, UUID tenant, UUID after, Instant endedBefore, int max)
            throws SQLException {
        Values values = new Values()
                .set("tenant", tenant)
                .set("run_id", after)
                .set("ended_before", endedBefore)
                .set("max", max);
        return NEXT.query(connection, values, Found::read);
    }

    /**
     * Removes those of the runs that still ended before that instant. A run stays that another transaction holds, or its
     * task, one whose task is unique for longer, and one with a dead letter about which something is left to be decided.
     *
     * @return how many runs were removed
     */
    public int remove(Connection connection, UUID tenant, Removing removing, List<Found> runs) throws SQLException {
        Values values = new Values()
                .set("tenant", tenant)
                .column("settled", "varchar", removing.settled(), word -> word)
                .set("forever", "FOREVER")
                .set("now", removing.now())
                .set("ended_before", removing.endedBefore())
                .ids("run_ids", runs.stream().map(Found::runId).toList())
                .ids("task_ids", runs.stream().map(Found::taskId).toList());
        List<UUID> tasks = LOCK_TASKS.query(connection, values, row -> Rows.uuid(row, "task_id"));
        List<Held> held = LOCK.query(connection, values.ids("task_ids", tasks), Held::read);
        if (held.isEmpty()) {
            return 0;
        }
        values.ids("run_ids", held.stream().map(run -> run.last().runId()).toList());
        for (Sql one : OF_RUNS) {
            one.update(connection, values);
        }
        int ended = removeTasks(connection, values, held);
        Tally tally = new Tally(tenant).add("tasks", -ended);
        held.forEach(run -> tally.add(run.state().toLowerCase(Locale.ROOT), -1).add("attempts", -run.attempts()));
        TallyStatement.insert(connection, tally, tickets.current(connection));
        raise(connection, tenant, held);
        return held.size();
    }

    private static int removeTasks(Connection connection, Values values, List<Held> held) throws SQLException {
        Set<UUID> tasks = new HashSet<>(held.stream().map(Held::taskId).toList());
        List<UUID> ended =
                ENDED_TASKS.query(connection, values.ids("task_ids", tasks), row -> Rows.uuid(row, "task_id"));
        for (Sql one : OF_TASKS) {
            one.update(connection, values.ids("task_ids", ended));
        }
        return ended.size();
    }

    private static void raise(Connection connection, UUID tenant, Collection<Held> held) throws SQLException {
        Place last = held.stream().map(Held::last).max(PLACES).orElseThrow();
        Values values = new Values()
                .set("tenant", tenant)
                .set("pos", last.pos())
                .set("run_id", last.runId())
                .set("version", last.version());
        RAISE.update(connection, values);
    }

    /** The last place in the feed of which an event was removed; the start of the feed where none was. */
    public Place floor(Connection connection, UUID tenant) throws SQLException {
        return FLOOR
                .query(
                        connection,
                        new Values().set("tenant", tenant),
                        row -> new Place(
                                row.getLong("removed_pos"),
                                Rows.uuid(row, "removed_run"),
                                row.getInt("removed_version")))
                .stream()
                .findFirst()
                .orElse(BEGIN);
    }
}

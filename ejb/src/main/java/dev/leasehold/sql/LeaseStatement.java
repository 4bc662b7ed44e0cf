package dev.leasehold.sql;

import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Keeps leases, finds those that lapsed, and reads what became of those that are gone. */
@ApplicationScoped
public class LeaseStatement {

    private static final String COMMON = "common";
    private static final Sql RENEW = Sql.of(COMMON, "renew_lease");
    private static final Sql LOCK_FREE = Sql.of(COMMON, "lock_free_leases");
    private static final Sql NOTE = Sql.of(COMMON, "note_progress");
    private static final Sql LAPSED = Sql.of(COMMON, "lapsed_leases");
    private static final PerDatabase CLAIMED = PerDatabase.of("claimed");
    private static final Sql OF_NODE = Sql.of(COMMON, "node_leases");
    private static final Sql SOME_OF_NODE = Sql.of(COMMON, "node_leases_of_runs");
    private static final Sql ENDED = Sql.of(COMMON, "ended_attempts");
    private static final Sql EVENTS = Sql.of(COMMON, "lease_events");

    /** A lease's new end. */
    public record Renewal(UUID runId, long fence, Instant expiry) {}

    /** A run of some tenant. */
    public record Key(UUID tenant, UUID run) {}

    /** What an event says about a lease. */
    public record LeaseEvent(UUID runId, long fence, String type) {}

    /** An attempt that has ended; the digest is null when the system ended it. */
    public record Ended(
            UUID runId,
            UUID attemptId,
            String owner,
            long fence,
            @Nullable UUID digest,
            String ledTo) {
        static Ended read(ResultSet row) throws SQLException {
            return new Ended(
                    Rows.uuid(row, "run_id"),
                    Rows.uuid(row, "attempt_id"),
                    row.getString("owner"),
                    row.getLong("fence"),
                    row.getObject("outcome_digest", UUID.class),
                    row.getString("led_to"));
        }
    }

    /**
     * How far the attempt under a lease is.
     *
     * @param percent 0 to 100
     * @param message at most 255 characters
     */
    public record Said(
            UUID runId, long fence, int percent, @Nullable String message) {}

    /** Sets the ends of leases whose runs this transaction holds. */
    public void renew(Connection connection, UUID tenant, Instant now, List<Renewal> renewals) throws SQLException {
        RENEW.batch(
                connection,
                renewals.stream()
                        .map(one -> new Values()
                                .set("tenant", tenant)
                                .set("now", now)
                                .set("run_id", one.runId())
                                .set("fence", one.fence())
                                .set("expiry", one.expiry()))
                        .toList());
    }

    /** The fences of those runs' leases that no other transaction holds, by run; this one holds them from now on. */
    public Map<UUID, Long> lockFree(Connection connection, UUID tenant, Collection<UUID> runs) throws SQLException {
        return fences(connection, LOCK_FREE, named(tenant, runs));
    }

    /** Says beside leases that this transaction holds how far their attempts are. */
    public void note(Connection connection, UUID tenant, Instant now, List<Said> said) throws SQLException {
        NOTE.batch(
                connection,
                said.stream()
                        .map(one -> new Values()
                                .set("tenant", tenant)
                                .set("now", now)
                                .set("run_id", one.runId())
                                .set("fence", one.fence())
                                .set("percent", one.percent())
                                .set("message", one.message()))
                        .toList());
    }

    /**
     * Runs of any tenant whose lease ended by {@code now}, or whose attempt's deadline passed by {@code deadline}.
     *
     * @param max how many at most
     */
    public List<Key> lapsed(Connection connection, Instant now, Instant deadline, int max) throws SQLException {
        Values values = new Values().set("now", now).set("deadline", deadline).set("max", max);
        return LAPSED.query(connection, values, row -> new Key(Rows.uuid(row, "tenant_id"), Rows.uuid(row, "run_id")));
    }

    /** What the claims of those runs answered, as far as they are leased. */
    public List<Claimed> claimed(Connection connection, UUID tenant, Collection<UUID> runs) throws SQLException {
        return CLAIMED.on(connection).query(connection, named(tenant, runs), Claimed::read);
    }

    /** The fences of the leases under which a node has attempts open, by run. */
    public Map<UUID, Long> ofNode(Connection connection, UUID tenant, UUID node) throws SQLException {
        return fences(connection, OF_NODE, new Values().set("tenant", tenant).set("node", node));
    }

    /** The same of some runs only. */
    public Map<UUID, Long> ofNode(Connection connection, UUID tenant, UUID node, Collection<UUID> runs)
            throws SQLException {
        return fences(connection, SOME_OF_NODE, named(tenant, runs).set("node", node));
    }

    private static Map<UUID, Long> fences(Connection connection, Sql sql, Values values) throws SQLException {
        Map<UUID, Long> fences = new HashMap<>();
        sql.query(connection, values, row -> {
            long fence = row.getLong("fence");
            if (!row.wasNull()) {
                fences.put(Rows.uuid(row, "run_id"), fence);
            }
            return fence;
        });
        return fences;
    }

    /** The ended attempts of those runs. */
    public List<Ended> ended(Connection connection, UUID tenant, Collection<UUID> runs) throws SQLException {
        return ENDED.query(connection, named(tenant, runs), Ended::read);
    }

    /** What happened to the leases of those runs, in the runs' own order. */
    public List<LeaseEvent> events(Connection connection, UUID tenant, Collection<UUID> runs) throws SQLException {
        return EVENTS.query(
                connection,
                named(tenant, runs),
                row -> new LeaseEvent(Rows.uuid(row, "run_id"), row.getLong("fence"), row.getString("type")));
    }

    private static Values named(UUID tenant, Collection<UUID> runs) {
        return new Values().set("tenant", tenant).ids("run_ids", runs);
    }
}

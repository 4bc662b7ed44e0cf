package dev.leasehold.sql;

import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Permits and who holds them. A permit's row is locked before its count, its holders or what is parked on it change;
 * permits are locked after runs and in the order of their numbers.
 */
@ApplicationScoped
public class PermitStatement {

    private static final String COMMON = "common";
    private static final Sql LOCK = Sql.of(COMMON, "lock_permits");
    private static final Sql LOCK_FREE = Sql.of(COMMON, "lock_free_permits");
    private static final Sql READ = Sql.of(COMMON, "read_permits");
    private static final Sql HOLDERS = Sql.of(COMMON, "permit_holders");
    private static final Sql HELD = Sql.of(COMMON, "held_permits");
    private static final Sql TAKE = Sql.of(COMMON, "take_permit");
    private static final Sql KEEP = Sql.of(COMMON, "keep_permit");
    private static final Sql GIVE = Sql.of(COMMON, "give_permit");
    private static final Sql REFILL = Sql.of(COMMON, "refill_permit");
    private static final Sql REFILLS = Sql.of(COMMON, "refills_at");
    private static final Sql COUNT = Sql.of(COMMON, "count_permit");
    private static final Sql HOLDS = Sql.of(COMMON, "hold_permits");
    private static final Sql HOLDS_NOTHING = Sql.of(COMMON, "hold_nothing");
    private static final Sql WAITING = Sql.of(COMMON, "waiting_permits");
    private static final Sql LAPSED = Sql.of(COMMON, "lapsed_rates");

    /** A permit and its tenant. */
    public record Key(UUID tenant, long permit) {

        static Key read(ResultSet row) throws SQLException {
            return new Key(Rows.uuid(row, "tenant_id"), row.getLong("permit_id"));
        }
    }

    /**
     * A permit that a run holds for as long as it needs it.
     *
     * @param permit the permit
     * @param run the run
     * @param fence the number of the lease with which it was taken
     * @param scope what the permit is for
     * @param attemptsStarted how many attempts of the run were started
     * @param policy whether the run keeps its concurrency key while it waits to go on
     */
    public record Held(long permit, UUID run, long fence, PermitScope scope, int attemptsStarted, String policy) {

        static Held read(ResultSet row) throws SQLException {
            return new Held(
                    row.getLong("permit_id"),
                    Rows.uuid(row, "run_id"),
                    row.getLong("fence"),
                    PermitScope.of(row.getString("scope")),
                    row.getInt("attempts_started"),
                    row.getString("hold_policy"));
        }
    }

    /** A run that holds a permit, and until when where that is a matter of time. */
    public record Holding(UUID run, @Nullable Instant until) {}

    /** Waits until it holds the permits. */
    public List<PermitRow> lock(Connection connection, UUID tenant, Collection<Long> permits) throws SQLException {
        return permits.isEmpty() ? List.of() : LOCK.query(connection, named(tenant, permits), PermitRow::read);
    }

    /** Holds those of the permits that nobody else holds. */
    public List<PermitRow> lockFree(Connection connection, UUID tenant, Collection<Long> permits) throws SQLException {
        return permits.isEmpty() ? List.of() : LOCK_FREE.query(connection, named(tenant, permits), PermitRow::read);
    }

    /** The permits as they are, whoever holds them. */
    public List<PermitRow> read(Connection connection, UUID tenant, Collection<Long> permits) throws SQLException {
        return permits.isEmpty() ? List.of() : READ.query(connection, named(tenant, permits), PermitRow::read);
    }

    /** Up to that many of a permit's holders, the first first. */
    public List<Holding> holders(Connection connection, UUID tenant, long permit, int max) throws SQLException {
        Values values = new Values().set("tenant", tenant).set("permit", permit).set("max", max);
        return HOLDERS.query(
                connection, values, row -> new Holding(Rows.uuid(row, "run_id"), Rows.instantOrNull(row, "until")));
    }

    /** When a full rate for which runs wait has room again. */
    public Optional<Instant> refillsAt(Connection connection, UUID tenant, PermitRow rate) throws SQLException {
        return rate.period() == null || !rate.waiting() || rate.room() > 0
                ? Optional.empty()
                : REFILLS
                        .query(
                                connection,
                                new Values().set("tenant", tenant).set("permit", rate.id()),
                                row -> Rows.instant(row, "until"))
                        .stream()
                        .findFirst();
    }

    private static Values named(UUID tenant, Collection<Long> permits) {
        return new Values().set("tenant", tenant).names("permits", "int8", permits);
    }

    /** What these runs hold, rates left out. */
    public List<Held> heldBy(Connection connection, UUID tenant, Collection<UUID> runs) throws SQLException {
        Values values = new Values().set("tenant", tenant).column("run_ids", "uuid", List.copyOf(runs), id -> id);
        return runs.isEmpty() ? List.of() : HELD.query(connection, values, Held::read);
    }

    /** Stores who takes permits that this transaction holds. */
    void take(Connection connection, UUID tenant, Instant now, List<Taking> takings) throws SQLException {
        TAKE.batch(
                connection, takings.stream().map(one -> one.values(tenant, now)).toList());
        HOLDS.batch(
                connection,
                takings.stream()
                        .filter(one -> one.permit().period() == null)
                        .map(Taking::run)
                        .distinct()
                        .map(run -> run(tenant, run))
                        .toList());
    }

    /** Stores under which numbers runs were leased again that have permits which this transaction holds. */
    void keep(Connection connection, UUID tenant, List<Taking> keepings) throws SQLException {
        KEEP.batch(
                connection,
                keepings.stream()
                        .map(one -> run(tenant, one.run())
                                .set("permit", one.permit().id())
                                .set("permit_fence", one.permitFence()))
                        .toList());
    }

    /** Removes holds of permits that this transaction holds, and marks the runs that hold nothing any more. */
    public void give(Connection connection, UUID tenant, List<Held> given, Collection<UUID> empty) throws SQLException {
        GIVE.batch(
                connection,
                given.stream()
                        .map(one -> run(tenant, one.run())
                                .set("permit", one.permit())
                                .set("fence", one.fence()))
                        .toList());
        HOLDS_NOTHING.batch(
                connection, empty.stream().map(run -> run(tenant, run)).toList());
    }

    private static Values run(UUID tenant, UUID run) {
        return new Values().set("tenant", tenant).set("run_id", run);
    }

    /** Takes a rate back from those whose period is over. */
    public PermitRow refill(Connection connection, UUID tenant, PermitRow rate, Instant now) throws SQLException {
        Values values =
                new Values().set("tenant", tenant).set("permit", rate.id()).set("now", now);
        return rate.after(-REFILL.update(connection, values));
    }

    /** Stores the counts of permits that this transaction holds. */
    public void count(Connection connection, UUID tenant, Collection<PermitRow> permits) throws SQLException {
        COUNT.batch(
                connection,
                permits.stream()
                        .map(permit -> new Values()
                                .set("tenant", tenant)
                                .set("permit", permit.id())
                                .set("used", permit.used())
                                .set("fence", permit.fence())
                                .set("waiting", permit.waiting()))
                        .toList());
    }

    /** Permits with room, on which runs may be parked. */
    public List<Key> waiting(Connection connection, int max) throws SQLException {
        return WAITING.query(connection, new Values().set("max", max), Key::read);
    }

    /** Rates that somebody held for long enough. */
    public List<Key> lapsed(Connection connection, Instant now, int max) throws SQLException {
        return LAPSED.query(connection, new Values().set("now", now).set("max", max), Key::read);
    }
}

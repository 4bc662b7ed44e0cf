package dev.leasehold.sql;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;

/** Puts runs aside whose permit is full, and back when there is room. Only under the lock of that permit. */
public final class Parking {

    private static final int MOST = 1000;
    private static final Sql PARK = Sql.of("common", "park_run");
    private static final Sql PARKED = Sql.of("common", "parked_runs");
    private static final Sql FREE = Sql.of("common", "lock_free_runs");
    private static final Sql UNPARK = Sql.of("common", "unpark_run");

    /** A run, and the permit that it waits for. */
    record Parked(Tip tip, long permit) {}

    /**
     * What was put back.
     *
     * @param permit the permit, no longer waiting when no run is parked on it
     * @param runs how many runs
     */
    public record Unparked(PermitRow permit, int runs) {}

    private Parking() {}

    /** Puts candidates aside, in the order of their ids; answers the permits on which some run now waits. */
    static Set<Long> park(Connection connection, List<Parked> candidates) throws SQLException {
        List<Parked> parked = candidates.stream()
                .sorted(Comparator.comparing(one -> one.tip().run()))
                .toList();
        int[] counts = PARK.batch(
                connection,
                parked.stream()
                        .map(one -> new Values()
                                .set("tenant", one.tip().tenant())
                                .set("run_id", one.tip().run())
                                .set("version", one.tip().version())
                                .set("permit", one.permit()))
                        .toList());
        Set<Long> waiting = new HashSet<>();
        IntStream.range(0, counts.length)
                .filter(i -> counts[i] == 1)
                .forEach(i -> waiting.add(parked.get(i).permit()));
        return waiting;
    }

    /**
     * Puts back as many of the best parked runs as the permit has room for, at most 1,000; those that somebody holds at
     * the moment wait for the next sweep.
     */
    public static Unparked unpark(Connection connection, UUID tenant, PermitRow permit) throws SQLException {
        return unpark(connection, tenant, permit, 1);
    }

    /** The same, but of a permit that has any room at least so many, for where the best cannot use it. */
    public static Unparked unpark(Connection connection, UUID tenant, PermitRow permit, int least) throws SQLException {
        int room = Math.min(permit.room(), MOST);
        if (!permit.waiting() || room == 0) {
            return new Unparked(permit, 0);
        }
        Values values = new Values().set("tenant", tenant).set("permit", permit.id());
        List<UUID> best =
                PARKED.query(connection, values.set("max", Math.max(room, least)), row -> Rows.uuid(row, "run_id"));
        List<UUID> free = best.isEmpty()
                ? List.of()
                : FREE.query(
                        connection,
                        new Values().set("tenant", tenant).column("run_ids", "uuid", best, id -> id),
                        row -> Rows.uuid(row, "run_id"));
        UNPARK.batch(
                connection,
                free.stream()
                        .map(run -> new Values()
                                .set("tenant", tenant)
                                .set("run_id", run)
                                .set("permit", permit.id()))
                        .toList());
        boolean some = !PARKED.query(connection, values.set("max", 1), row -> 1).isEmpty();
        return new Unparked(permit.waiting(some), free.size());
    }
}

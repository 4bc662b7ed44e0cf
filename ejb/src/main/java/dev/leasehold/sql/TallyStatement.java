package dev.leasehold.sql;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * How many tasks, attempts and runs of each state there are, without looking at one: whoever changes that inserts the
 * difference in its own transaction, so that the sum is exact at every instant and nobody waits for anybody. Now and then
 * the differences are folded into one row for each tenant.
 */
@ApplicationScoped
public class TallyStatement {

    private static final String COMMON = "common";
    private static final int MOST = 100_000;
    private static final Sql INSERT = Sql.of(COMMON, "tally");
    private static final Sql SUMS = Sql.of(COMMON, "tallied");
    private static final Sql LOCK = Sql.of(COMMON, "lock_tally_floor");
    private static final Sql RAISE = Sql.of(COMMON, "raise_tally_floor");
    private static final Sql SIZE = Sql.of(COMMON, "tally_size");
    private static final PerDatabase FOLD = PerDatabase.of("fold_tally");

    /**
     * Sums.
     *
     * @param tasks how many tasks there are
     * @param attempts how many attempts were started
     * @param runs how many runs are in each state, by the state's name in filters
     * @param position the position of the newest event, 0 while there is none
     */
    public record Tallied(long tasks, long attempts, Map<String, Long> runs, long position) {

        static Tallied read(ResultSet row) throws SQLException {
            Map<String, Long> runs = new LinkedHashMap<>();
            for (String state : Tally.COUNTS.subList(2, Tally.COUNTS.size())) {
                runs.put(state, row.getLong(state));
            }
            return new Tallied(row.getLong("tasks"), row.getLong("attempts"), runs, row.getLong("pos"));
        }
    }

    private record Size(int differences, int tenants, long last) {

        static Size read(ResultSet row) throws SQLException {
            return new Size(row.getInt("differences"), row.getInt("tenants"), row.getLong("last_place"));
        }

        boolean worthIt(int least) {
            return differences - tenants >= Math.max(least, tenants);
        }

        /** What is folded now ends before that place. */
        long below() {
            return differences < MOST ? Long.MAX_VALUE : last + 1;
        }
    }

    @Inject
    Tickets tickets;

    /** Inserts what events of this transaction change. */
    static void insert(Connection connection, List<Values> events) throws SQLException {
        Map<UUID, Tally> tallies = new LinkedHashMap<>();
        for (Values event : events) {
            UUID tenant = (UUID) Objects.requireNonNull(event.get("tenant"));
            tallies.computeIfAbsent(tenant, Tally::new).event((Long) Objects.requireNonNull(event.get("pos")), (String)
                    Objects.requireNonNull(event.get("transitions")));
        }
        INSERT.batch(
                connection,
                tallies.values().stream().map(tally -> tally.values(null)).toList());
    }

    /** Inserts a difference of this transaction, which has that ticket. */
    static void insert(Connection connection, Tally difference, long ticket) throws SQLException {
        INSERT.update(connection, difference.values(ticket));
    }

    /** Inserts that this transaction, which has that ticket, stores new tasks. */
    public static void insertTasks(Connection connection, UUID tenant, long ticket, int tasks) throws SQLException {
        INSERT.update(connection, new Tally(tenant).add("tasks", tasks).values(ticket));
    }

    /** The sums of all tenants. */
    static Tallied all(Connection connection) throws SQLException {
        return sums(connection, null);
    }

    /** The sums of one tenant. */
    public Tallied of(Connection connection, UUID tenant) throws SQLException {
        return sums(connection, tenant);
    }

    private static Tallied sums(Connection connection, @Nullable UUID tenant) throws SQLException {
        Values values = new Values().set("everybody", tenant == null).set("tenant", tenant);
        return SUMS.query(connection, values, Tallied::read).get(0);
    }

    /**
     * Folds up to 100,000 rows into one for each tenant, unless another transaction does.
     *
     * @param least how many rows that has to save, and no fewer than it writes
     * @return how many rows were folded
     */
    public int fold(Connection connection, int least) throws SQLException {
        for (long floor : LOCK.query(connection, new Values(), row -> row.getLong("place"))) {
            Values values = new Values().set("floor", floor).set("max", MOST);
            Size size = SIZE.query(connection, values, Size::read).get(0);
            if (size.worthIt(least)) {
                fold(connection, values.set("below", size.below()), size.below());
                return size.differences();
            }
        }
        return 0;
    }

    /**
     * What was written below the horizon is seen by the statement that deletes, and so is gone when the floor is there;
     * this transaction's own rows are not below it.
     */
    private void fold(Connection connection, Values values, long below) throws SQLException {
        long ticket = tickets.current(connection);
        long horizon = tickets.horizon(connection);
        List<Tally> sums = FOLD.on(connection).query(connection, values, Tally::read);
        INSERT.batch(connection, sums.stream().map(sum -> sum.values(ticket)).toList());
        RAISE.update(connection, new Values().set("floor", Math.min(horizon, below)));
    }
}

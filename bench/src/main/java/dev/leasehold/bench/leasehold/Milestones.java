package dev.leasehold.bench.leasehold;

import dev.leasehold.bench.contender.Database;
import dev.leasehold.tenant.Caller;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.function.LongConsumer;

/**
 * How far a drain is, asked cheaply: runs are claimed in the order of their ids, so that the state of a few of them, each
 * found by its key, tells how many are done.
 */
final class Milestones implements AutoCloseable {

    private static final UUID NONE = new UUID(0, 0);
    private static final int APART = 1000;

    /** How many thousands before the last run are looked at one by one: more than a node has under way. */
    private static final int TAIL = 4;

    private static final long POLL_MILLIS = 50;
    private static final long LAST_POLL_MILLIS = 5;
    private static final long STALL_SECONDS = 60;

    private static final String EVERY_THOUSANDTH = """
            select run_id from (
              select run_id, row_number() over (order by run_id) as place, count(*) over () as runs
              from leasehold.run where tenant_id = ? and run_id > ? and state = 'Ready'
            ) r
            where place %% %d = 0 or place = runs
            order by place""".formatted(APART);
    private static final String DONE = """
            select count(*) from leasehold.run where tenant_id = ? and run_id = ? and state = 'Completed'""";
    private static final String OPEN = """
            select count(*) from leasehold.run where tenant_id = ? and run_id > ? and state in ('Ready', 'Running')""";

    private final Connection connection;
    private final PreparedStatement done;
    private final PreparedStatement open;
    private final List<UUID> runs = new ArrayList<>();
    private int reached;

    private Milestones(Connection connection) throws SQLException {
        this.connection = connection;
        done = connection.prepareStatement(DONE);
        open = connection.prepareStatement(OPEN);
    }

    /** Of all runs that are ready now. */
    static Milestones of(Database database) throws SQLException {
        Milestones all = new Milestones(database.open());
        all.next();
        return all;
    }

    /** Begins anew with those that were made ready since. */
    void next() throws SQLException {
        UUID last = runs.isEmpty() ? NONE : runs.get(runs.size() - 1);
        runs.clear();
        reached = 0;
        try (PreparedStatement statement = connection.prepareStatement(EVERY_THOUSANDTH)) {
            bind(statement, last);
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    runs.add(rows.getObject(1, UUID.class));
                }
            }
        }
    }

    /** Tells how many are done, again and again, until all are; fails when nothing moves for a minute. */
    void follow(LongConsumer progress) throws SQLException, InterruptedException {
        long moved = System.nanoTime();
        while (!all()) {
            int before = reached;
            advance();
            if (reached > before) {
                moved = System.nanoTime();
            }
            if (reached > before && reached < runs.size()) {
                progress.accept((long) reached * APART);
            }
            if (System.nanoTime() - moved > TimeUnit.SECONDS.toNanos(STALL_SECONDS)) {
                throw new IllegalStateException("nothing moves after " + reached + " of " + runs.size() + " thousands");
            }
            TimeUnit.MILLISECONDS.sleep(reached < runs.size() ? POLL_MILLIS : LAST_POLL_MILLIS);
        }
    }

    private boolean all() throws SQLException {
        int tail = runs.size() - 1 - TAIL;
        return reached == runs.size() && number(open, tail < 0 ? NONE : runs.get(tail)) == 0;
    }

    /** By halves: a run that is done has all before it done but a handful that are under way. */
    private void advance() throws SQLException {
        int low = reached;
        int high = runs.size();
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (number(done, runs.get(middle)) == 1) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        reached = low;
    }

    private static long number(PreparedStatement query, UUID run) throws SQLException {
        bind(query, run);
        try (ResultSet rows = query.executeQuery()) {
            rows.next();
            return rows.getLong(1);
        }
    }

    private static void bind(PreparedStatement query, UUID run) throws SQLException {
        query.setObject(1, Caller.DEFAULT_TENANT);
        query.setObject(2, run);
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}

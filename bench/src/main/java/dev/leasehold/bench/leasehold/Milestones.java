package dev.leasehold.bench.leasehold;

import dev.leasehold.bench.contender.Database;
import dev.leasehold.bench.contender.Probe;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

/**
 * How far a drain is, asked cheaply: runs are claimed in the order of their ids, so that the state of a few of them, each
 * found by its key, tells how many are done.
 */
final class Milestones implements AutoCloseable {

    private static final long POLL_MILLIS = 50;
    private static final String EVERY_THOUSANDTH = """
            select run_id from (
              select run_id, row_number() over (order by run_id) as place, count(*) over () as runs
              from leasehold.run where claim_lane is not null
            ) r
            where place % 1000 = 0 or place = runs
            order by place""";
    private static final String DONE =
            "select state = 'Completed' from leasehold.run where tenant_id = ? and run_id = ?";

    private final Connection connection;
    private final PreparedStatement done;
    private final PreparedStatement leases;
    private final UUID tenant;
    private final List<UUID> runs = new ArrayList<>();
    private int reached;

    /** Of the runs that are ready now. */
    Milestones(Database database, UUID tenant) throws SQLException {
        connection = database.open();
        this.tenant = tenant;
        try (ResultSet rows = connection.prepareStatement(EVERY_THOUSANDTH).executeQuery()) {
            while (rows.next()) {
                runs.add(rows.getObject(1, UUID.class));
            }
        }
        done = connection.prepareStatement(DONE);
        leases = connection.prepareStatement("select count(*) from leasehold.lease");
    }

    /** Tells the probe until all are done; fails when nothing moves for that long. */
    void follow(Probe probe, int allRuns, long stallMillis) throws SQLException, InterruptedException {
        long moved = System.nanoTime();
        while (!all()) {
            int before = reached;
            advance();
            if (reached > before) {
                moved = System.nanoTime();
                probe.progress(Math.min(allRuns - 1L, reached * 1000L));
            } else if (System.nanoTime() - moved > TimeUnit.MILLISECONDS.toNanos(stallMillis)) {
                throw new IllegalStateException("nothing moves after " + reached + " of " + runs.size() + " thousands");
            }
            TimeUnit.MILLISECONDS.sleep(reached < runs.size() ? POLL_MILLIS : 1);
        }
        probe.complete();
    }

    private boolean all() throws SQLException {
        return reached == runs.size() && number(leases) == 0;
    }

    /** By halves: a run that is done has all before it done but a handful that are under way. */
    private void advance() throws SQLException {
        int low = reached;
        int high = runs.size();
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (done(runs.get(middle))) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        reached = low;
    }

    private boolean done(UUID run) throws SQLException {
        done.setObject(1, tenant);
        done.setObject(2, run);
        return number(done) == 1;
    }

    private static long number(PreparedStatement query) throws SQLException {
        try (ResultSet rows = query.executeQuery()) {
            rows.next();
            return rows.getObject(1) instanceof Boolean answer ? (answer ? 1 : 0) : rows.getLong(1);
        }
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}

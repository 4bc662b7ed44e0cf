package dev.leasehold.bench.leasehold;

import dev.leasehold.bench.contender.Database;
import dev.leasehold.bench.contender.Outcome;
import dev.leasehold.node.QueueDataSource;
import dev.leasehold.sql.Floors;
import dev.leasehold.sql.LanePlace;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/**
 * How many buffers a claim of a hundred runs reads; it is rolled back.
 *
 * @param fromFloor from where the node's last claim ended, as nearly all do
 * @param fromFront from the front of the lane, as one a second does
 */
record ClaimCost(long fromFloor, long fromFront) {

    private static final int MAX = 100;
    private static final String LAST = """
            select lane_id, priority, scheduled_at, run_id from leasehold.run
            where state = 'Completed' order by tenant_id desc, run_id desc limit 1""";

    static ClaimCost of(Database database) throws SQLException {
        return new ClaimCost(warm(database, true), warm(database, false));
    }

    /** The second time, when all is in memory and hints are set. */
    private static long warm(Database database, boolean floor) throws SQLException {
        read(database, floor);
        return read(database, floor);
    }

    private static long read(Database database, boolean floor) throws SQLException {
        Explained explained = new Explained();
        Floors floors = new Floors();
        try (Connection connection = database.open(QueueDataSource.OPTIONS);
                RawQueue queue = new RawQueue(explained.over(connection), floors, new SortableIds());
                Statement statement = connection.createStatement()) {
            if (floor) {
                raise(floors, statement);
            }
            statement.execute("delete from leasehold.pause");
            queue.round(MAX);
            return explained.buffers();
        }
    }

    private static void raise(Floors floors, Statement statement) throws SQLException {
        try (ResultSet last = statement.executeQuery(LAST)) {
            if (last.next()) {
                Floors.Look look = floors.look();
                look.took(List.of(LanePlace.read(last)), false);
                look.end(true);
            }
        }
    }

    Outcome tell(Outcome outcome, String when) {
        return outcome.with("claim's buffers " + when, (double) fromFloor)
                .with("claim's buffers from the front " + when, (double) fromFront);
    }
}

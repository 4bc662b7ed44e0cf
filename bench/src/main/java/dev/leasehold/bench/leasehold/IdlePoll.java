package dev.leasehold.bench.leasehold;

import dev.leasehold.bench.contender.Database;
import dev.leasehold.node.QueueDataSource;
import dev.leasehold.sql.Floors;
import java.sql.SQLException;
import java.util.Arrays;

/** What a claim costs when nothing is ready. */
final class IdlePoll {

    private static final int CALLS = 1000;
    private static final int MAX = 100;
    private static final double NANOS_OF_A_MILLI = 1e6;

    private IdlePoll() {}

    /** The median of a thousand claims, each with its begin and commit. */
    static double medianMillis(Database database) throws SQLException {
        double[] millis = new double[CALLS];
        try (RawQueue queue = new RawQueue(database.open(QueueDataSource.OPTIONS), new Floors(), new SortableIds())) {
            for (int i = 0; i < CALLS; i++) {
                long begin = System.nanoTime();
                queue.round(MAX);
                millis[i] = (System.nanoTime() - begin) / NANOS_OF_A_MILLI;
            }
            if (!queue.idle()) {
                throw new IllegalStateException("something was ready");
            }
        }
        Arrays.sort(millis);
        return millis[CALLS / 2];
    }
}

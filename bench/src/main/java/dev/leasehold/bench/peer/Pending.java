package dev.leasehold.bench.peer;

import dev.leasehold.bench.contender.Database;
import java.sql.Connection;
import java.sql.SQLException;

/** How many runs are due and not complete, over and over on one connection. */
record Pending(Connection connection, String query) implements AutoCloseable {
    private static final int LOOK_MILLIS = 5;

    Pending(Database db, JvmQueue queue) throws SQLException {
        this(db.open(), queue.pending());
    }

    long count() throws SQLException {
        try (var statement = connection.createStatement();
                var rows = statement.executeQuery(query)) {
            rows.next();
            return rows.getLong(1);
        }
    }

    /** Waits until all of them were handled and none is pending, until {@link System#nanoTime} is that. */
    void awaitNone(Handled handled, int all, long limit) throws SQLException, InterruptedException {
        while (handled.count() < all && System.nanoTime() < limit) {
            Thread.sleep(LOOK_MILLIS);
        }
        while (count() > 0 && System.nanoTime() < limit) {
            Thread.sleep(LOOK_MILLIS);
        }
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}

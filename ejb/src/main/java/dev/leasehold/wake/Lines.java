package dev.leasehold.wake;

import dev.leasehold.node.Spare;
import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;

/** Where connections for wakes come from. */
final class Lines {

    private Lines() {}

    /** One to be given back soon. */
    static Connection borrow(DataSource source) throws SQLException {
        return committing(source.getConnection());
    }

    /** One to be kept: beside the pool where the data source is ours, else one of the pool. */
    static Connection open(DataSource source) throws SQLException {
        Connection pooled = committing(source.getConnection());
        if (!spares(pooled)) {
            return pooled;
        }
        try (pooled) {
            return committing(pooled.unwrap(Spare.class).open());
        }
    }

    private static boolean spares(Connection connection) throws SQLException {
        return orClosed(connection, () -> connection.isWrapperFor(Spare.class));
    }

    private static Connection committing(Connection connection) throws SQLException {
        return orClosed(connection, () -> {
            if (!connection.getAutoCommit()) {
                connection.setAutoCommit(true);
            }
            return connection;
        });
    }

    @FunctionalInterface
    private interface Question<T> {
        T answer() throws SQLException;
    }

    /** A pool may lend a connection that is lost; it has to come back all the same. */
    private static <T> T orClosed(Connection connection, Question<T> question) throws SQLException {
        try {
            return question.answer();
        } catch (SQLException | RuntimeException e) {
            try (connection) {
                throw e;
            }
        }
    }
}

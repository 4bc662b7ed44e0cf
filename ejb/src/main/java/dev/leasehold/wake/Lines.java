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
        Connection pooled = source.getConnection();
        if (!pooled.isWrapperFor(Spare.class)) {
            return committing(pooled);
        }
        try (pooled) {
            return committing(pooled.unwrap(Spare.class).open());
        }
    }

    private static Connection committing(Connection connection) throws SQLException {
        if (!connection.getAutoCommit()) {
            connection.setAutoCommit(true);
        }
        return connection;
    }
}

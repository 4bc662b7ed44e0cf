package dev.leasehold.sql;

import java.sql.Connection;
import java.sql.SQLException;

/**
 * How PostgreSQL plans the statements of a transaction. Our connections keep one plan for all values, which is right for
 * statements on named rows. What looks for a range needs one for its values: PostgreSQL expects a third of a table to be
 * within a range that it does not know, and would rather read all of it.
 */
final class Planning {

    private static final Sql FOR_VALUES = Sql.of("postgresql", "plan_for_values");

    private Planning() {}

    /** Has the statements of the rest of the transaction planned for the values that they are given. */
    static void forValues(Connection connection) throws SQLException {
        set(connection, FOR_VALUES);
    }

    static void set(Connection connection, Sql planning) throws SQLException {
        if (Database.of(connection) == Database.POSTGRESQL) {
            planning.query(connection, new Values(), row -> row.getString(1));
        }
    }
}

package dev.leasehold.sql;

import java.sql.Connection;
import java.sql.SQLException;

/** Inserts a row unless one of its key is there, waiting for a transaction that is about to insert one. */
final class InsertOrNothing {

    private static final String DUPLICATE = "23505";

    private final Sql h2;
    private final Sql postgresql;

    private InsertOrNothing(Sql h2, Sql postgresql) {
        this.h2 = h2;
        this.postgresql = postgresql;
    }

    /** By these statements: a plain one for H2, where a duplicate harms nothing, and one with a conflict clause. */
    static InsertOrNothing of(Sql h2, Sql postgresql) {
        return new InsertOrNothing(h2, postgresql);
    }

    /** Whether the row is new. */
    boolean insert(Connection connection, Values values) throws SQLException {
        if (Database.of(connection) == Database.POSTGRESQL) {
            return postgresql.update(connection, values) == 1;
        }
        try {
            return h2.update(connection, values) == 1;
        } catch (SQLException e) {
            if (DUPLICATE.equals(e.getSQLState())) {
                return false;
            }
            throw e;
        }
    }
}

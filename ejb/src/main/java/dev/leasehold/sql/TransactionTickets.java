package dev.leasehold.sql;

import java.sql.Connection;
import java.sql.SQLException;

/** PostgreSQL's own transaction ids, which all nodes share, behind the stored base. */
final class TransactionTickets implements Tickets {

    private static final Sql POSITION = Sql.of("postgresql", "position");
    private static final Sql HORIZON = Sql.of("postgresql", "horizon");

    @Override
    public long current(Connection connection) throws SQLException {
        return only(POSITION, connection);
    }

    @Override
    public long horizon(Connection connection) throws SQLException {
        return only(HORIZON, connection);
    }

    private static long only(Sql query, Connection connection) throws SQLException {
        return query.query(connection, new Values(), row -> row.getLong(1)).get(0);
    }
}

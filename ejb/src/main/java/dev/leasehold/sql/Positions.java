package dev.leasehold.sql;

import java.sql.Connection;
import java.sql.SQLException;

/** Makes sure, at start, that new events get positions beyond all that the database holds (decisions 4). */
public final class Positions {

    private static final Sql LOCK = Sql.of("postgresql", "lock_position_base");
    private static final Sql RAISE = Sql.of("postgresql", "raise_position_base");
    private static final Sql LAST = Sql.of("h2", "last_position");
    private static final Sql LOWER = Sql.of("common", "lower_tally_floor");

    private Positions() {}

    /**
     * The tickets of that database, its stored base raised where a restore or a move made that necessary.
     *
     * @param connection one that commits by itself
     */
    public static Tickets begin(Database database, Connection connection, Transactions transactions)
            throws SQLException {
        if (database == Database.H2) {
            long last =
                    LAST.query(connection, new Values(), row -> row.getLong(1)).get(0);
            return begun(connection, new ProcessTickets(transactions, last));
        }
        raise(connection);
        return begun(connection, new TransactionTickets());
    }

    /** After a restore new differences may get places that were passed already. */
    private static Tickets begun(Connection connection, Tickets tickets) throws SQLException {
        LOWER.update(connection, new Values().set("horizon", tickets.horizon(connection)));
        return tickets;
    }

    /** The second of two that start at once looks after the first has committed, and raises nothing again. */
    private static void raise(Connection connection) throws SQLException {
        connection.setAutoCommit(false);
        try {
            Planning.forPositions(connection);
            LOCK.query(connection, new Values(), row -> row.getLong(1));
            RAISE.update(connection, new Values());
            connection.commit();
        } catch (SQLException e) {
            connection.rollback();
            throw e;
        } finally {
            connection.setAutoCommit(true);
        }
    }
}

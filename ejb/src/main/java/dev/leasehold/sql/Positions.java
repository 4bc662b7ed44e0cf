package dev.leasehold.sql;

import java.sql.Connection;
import java.sql.SQLException;

/** Makes sure, at start, that new events get positions beyond all that the database holds (decisions 4). */
public final class Positions {

    private static final Sql RAISE = Sql.of("postgresql", "raise_position_base");
    private static final Sql POSITION = Sql.of("postgresql", "position");
    private static final Sql LAST = Sql.of("h2", "last_position");

    private Positions() {}

    /** The tickets of that database, its stored base raised where a restore or a move made that necessary. */
    public static Tickets begin(Database database, Connection connection, Transactions transactions)
            throws SQLException {
        if (database == Database.H2) {
            long last =
                    LAST.query(connection, new Values(), row -> row.getLong(1)).get(0);
            return new ProcessTickets(transactions, last);
        }
        RAISE.update(connection, new Values());
        return current ->
                POSITION.query(current, new Values(), row -> row.getLong(1)).get(0);
    }
}

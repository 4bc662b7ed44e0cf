package dev.leasehold.sql;

import java.sql.Connection;
import java.sql.SQLException;

/** Positions for events that are written one by one (decisions 4). */
@FunctionalInterface
public interface Tickets {

    /** The current transaction's ticket, greater than that of every transaction that has ended. */
    long current(Connection connection) throws SQLException;
}

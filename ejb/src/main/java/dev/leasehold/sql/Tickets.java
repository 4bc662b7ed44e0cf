package dev.leasehold.sql;

import java.sql.Connection;
import java.sql.SQLException;

/** Positions for events that are written one by one, and how far the feed may be read (decisions 4). */
public interface Tickets {

    /** The current transaction's ticket, greater than that of every transaction that has ended. */
    long current(Connection connection) throws SQLException;

    /**
     * The position below which every event there will ever be can be seen already: that of the oldest transaction that is
     * still open. It never goes back.
     */
    long horizon(Connection connection) throws SQLException;
}

package dev.leasehold.node;

import java.sql.Connection;
import java.sql.SQLException;

/** What a connection of {@link QueueDataSource} can be unwrapped to: a way to more of them, which no pool counts. */
@FunctionalInterface
public interface Spare {

    /** Opens one more connection to the same database; whoever asked closes it, and no one replaces it when it is lost. */
    Connection open() throws SQLException;
}

package dev.leasehold.sql.catalog;

import java.sql.Connection;
import java.sql.SQLException;

/** Lends connections to the queue's database. Outside of every transaction each statement commits by itself; within one it is part of that. */
@FunctionalInterface
public interface Connections {

    /**
     * One connection, which waits for its turn where the server's pool has none to give. Close it.
     *
     * @throws SQLException when there is none to be had
     * @throws dev.leasehold.fault.Unavailable before the node's start is complete
     */
    Connection open() throws SQLException;
}

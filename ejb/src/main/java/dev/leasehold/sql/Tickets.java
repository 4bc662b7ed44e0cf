package dev.leasehold.sql;

/** Positions for the events of a database that has no transaction ids of its own (decisions 4). */
@FunctionalInterface
public interface Tickets {

    /** The current transaction's ticket: taken with its first event, greater than every ticket taken before. */
    long current();
}

package dev.leasehold.doctor;

import java.util.Locale;

/** What is looked at. A code keeps its word and its meaning; docs/operations.md lists them. */
public enum Code {
    DATABASE_UNREACHABLE("nothing can be submitted, claimed or finished without the database"),
    CHECK_FAILED("what was not seen may be anything"),
    NOT_VISIBLE("state and age of other roles' transactions are hidden from this role, and with them who holds rows"),
    SERVER_VERSION("the queue's schema and statements need what this version has, and older ones have not"),
    CLOCK("instants, leases and deadlines go by the database's clock, handlers and logs by this machine's"),
    CONNECTION_WAIT("every command waits that long before it begins, and renewals of leases with them"),
    CONNECTIONS("a node that gets no connection cannot renew its leases, and loses its runs to others"),
    POOLER("what is set for a session is gone in its next transaction: lock_timeout does not hold, and prepared"
            + " statements may be missing"),
    OLD_SNAPSHOT("vacuum removes no row that it may still see: tables and indexes grow, and claims read the dead rows"),
    STANDBY_FEEDBACK("a query on the standby keeps vacuum from removing rows here, as a session here would"),
    PREPARED_TRANSACTION("it holds its locks and keeps vacuum from removing rows, across restarts, until it is ended"),
    REPLICATION_SLOT("it keeps vacuum from removing rows for a consumer that may never come back"),
    DEAD_TUPLES("claims and lists read rows that are dead before they find those that live"),
    NEVER_ANALYZED("the planner guesses how large the table is, and may read all of it for one row"),
    TABLE_AUTOVACUUM("nobody removes this table's dead rows"),
    MISSING_INDEX("what should be a look at few rows reads the whole table; without a unique one rows may be twice"),
    INVALID_INDEX("an invalid index is written to and not read: it costs and does not help"),
    WRAPAROUND("the server takes no more writes when its transaction ids run out, at some 2,100 million"),
    FSYNC("a crash of the machine may leave a database that cannot be read"),
    FULL_PAGE_WRITES("a crash of the machine may leave pages that are half written"),
    SYNCHRONOUS_COMMIT("a crash may lose commits that were answered: tasks, and results of attempts"),
    TRACK_COUNTS("without counts autovacuum knows of no work, and the figures here stand still"),
    AUTOVACUUM("nobody removes dead rows, and claims get slower with every run"),
    LOCK_TIMEOUT("a command that waits for a lock without a bound holds its connection and its own locks as long"),
    STATEMENT_TIMEOUT("a bound that is too tight ends commands and counts on a large store that would succeed"),
    WRITE_DELAY("a crash may lose commits that were answered: tasks, and results of attempts"),
    FILE_SIZE("the file shrinks only when the database is compacted as it closes"),
    ONE_PROCESS("an H2 file belongs to one process; several nodes need PostgreSQL");

    private final String why;

    Code(String why) {
        this.why = why;
    }

    /** Its word in answers. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Why it matters. */
    public String why() {
        return why;
    }
}

package dev.leasehold.sql;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;

/** Makes due runs ready: those scheduled, waiting for a retry, or put aside for a while. */
public interface PromoteStatement {

    /** Promotes up to {@code max} runs of all tenants, the longest overdue first, and answers how many. */
    int promote(Connection connection, Instant now, String actor, int max) throws SQLException;
}

package dev.leasehold.sql;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/** Reads the runs that a claim may take, permits apart. */
@FunctionalInterface
public interface Candidates {

    /** Up to that many, best first; on PostgreSQL they are held, and those that others hold are passed by. */
    List<Candidate> best(Connection connection, ClaimStatement.Holder holder, ClaimStatement.Claim claim, int max)
            throws SQLException;
}

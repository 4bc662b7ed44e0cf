package dev.leasehold.sql;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;

/** Makes due runs ready: those scheduled, waiting for a retry, or put aside for a while. */
public interface PromoteStatement {

    /**
     * What came of it.
     *
     * @param count how many runs were promoted
     * @param best where the best of them stands in each lane; none where claims have no floors
     */
    record Promoted(int count, List<LanePlace> best) {}

    /** Promotes up to {@code max} runs of all tenants, the longest overdue first. */
    Promoted promote(Connection connection, Instant now, String actor, int max) throws SQLException;
}

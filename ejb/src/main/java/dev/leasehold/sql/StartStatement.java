package dev.leasehold.sql;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Starts an attempt of each leased run whose lease is still the one that is named. */
public interface StartStatement {

    /** A leased run, its worker, and the attempt to start. */
    record StartRow(UUID runId, String owner, long fence, UUID attemptId) {}

    /**
     * Whose leases, and when.
     *
     * @param rows ascending by run id, no run twice
     */
    record Start(UUID tenant, Instant now, String actor, List<StartRow> rows) {}

    /** The number of the attempt by run id, for every run whose attempt started. */
    Map<UUID, Integer> start(Connection connection, Start start) throws SQLException;
}

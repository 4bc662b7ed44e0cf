package dev.leasehold.sql;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Starts an attempt of each leased run whose lease is still the one that is named. */
public interface StartStatement {

    /** A leased run, its worker, and the attempt to start. */
    record StartRow(UUID runId, String owner, long fence, UUID attemptId) {}

    /**
     * Whose leases, and when.
     *
     * @param grace how long after an attempt's deadline its lease may last
     * @param rows ascending by run id, no run twice
     */
    record Start(UUID tenant, Instant now, String actor, Duration grace, List<StartRow> rows) {}

    /**
     * An attempt that was started.
     *
     * @param number its number, from 1
     * @param deadline when it must have ended
     */
    record Started(int number, @Nullable Instant deadline) {}

    /** The attempt by run id, for every run whose attempt started. */
    Map<UUID, Started> start(Connection connection, Start start) throws SQLException;
}

package dev.leasehold.sql;

import dev.leasehold.api.Payload;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Ends each attempt whose lease is still the one that is named, and moves its run on. */
public interface FinishStatement {

    /** An attempt, its worker, how it ended, where that leads, and what tells the report from another. */
    record FinishRow(
            UUID runId,
            String owner,
            long fence,
            UUID attemptId,
            String target,
            @Nullable Instant dueAt,
            String result,
            @Nullable String error,
            @Nullable Payload output,
            UUID digest) {}

    /**
     * Whose attempts, and when.
     *
     * @param rows no run twice
     */
    record Finish(UUID tenant, Instant now, String actor, List<FinishRow> rows) {}

    /** The runs whose attempt was ended, and whether each holds permits. */
    Map<UUID, Boolean> finish(Connection connection, Finish finish) throws SQLException;
}

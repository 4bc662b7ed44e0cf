package dev.leasehold.sql;

import dev.leasehold.api.Payload;
import java.sql.Connection;
import java.sql.ResultSet;
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

    /** Of a run whose attempt was ended, whether it holds permits, and whether it is a re-run. */
    record Ended(boolean holds, boolean again) {
        /** Reads the columns that say so. */
        public static Ended read(ResultSet row) throws SQLException {
            return new Ended(row.getBoolean("holds"), row.getBoolean("again"));
        }
    }

    /** The runs whose attempt was ended. */
    Map<UUID, Ended> finish(Connection connection, Finish finish) throws SQLException;
}

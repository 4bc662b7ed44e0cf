package dev.leasehold.sql;

import dev.leasehold.api.Backoff;
import dev.leasehold.api.Payload;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Leases the best ready runs to one worker, and starts their attempts when asked to. */
public interface ClaimStatement {

    /**
     * What a worker asks for.
     *
     * @param tenant whose runs
     * @param owner the worker
     * @param types the task types it can do
     * @param now the command's instant
     * @param expiry when the leases end
     * @param actor who asks
     * @param max how many at most
     * @param attemptIds as many ids as {@code max} to start an attempt of each run; empty to lease only
     */
    record Claim(
            UUID tenant,
            String owner,
            List<String> types,
            Instant now,
            Instant expiry,
            String actor,
            int max,
            List<UUID> attemptIds) {

        /** Whether the attempts start at once. */
        public boolean starts() {
            return !attemptIds.isEmpty();
        }
    }

    /** A run that was leased, with all that its worker and the verdict on it need. */
    record Claimed(
            UUID runId,
            UUID taskId,
            String type,
            String queue,
            long fence,
            int attemptsStarted,
            int attemptsSuspended,
            int maxAttempts,
            Backoff backoff,
            @Nullable Payload payload,
            @Nullable UUID attemptId) {

        /** Reads the columns that both claims answer. */
        public static Claimed read(ResultSet row) throws SQLException {
            return new Claimed(
                    Rows.uuid(row, "run_id"),
                    Rows.uuid(row, "task_id"),
                    row.getString("type"),
                    row.getString("queue"),
                    row.getLong("fence"),
                    row.getInt("attempts_started"),
                    row.getInt("attempts_suspended"),
                    row.getInt("max_attempts"),
                    Rows.backoff(row),
                    Rows.payload(row),
                    row.getObject("attempt_id", UUID.class));
        }
    }

    /** The runs that were leased, best first. */
    List<Claimed> claim(Connection connection, Claim claim) throws SQLException;
}

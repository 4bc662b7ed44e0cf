package dev.leasehold.sql;

import dev.leasehold.api.Backoff;
import dev.leasehold.api.Payload;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A run that is leased, with all that its worker and the verdict on it need.
 *
 * @param runId the run
 * @param taskId the task that asked for it
 * @param type which handler does it
 * @param queue the queue it stood in
 * @param fence the lease's number
 * @param expiry when the lease ends unless it is kept
 * @param attemptsStarted how many attempts were started, this one included when it was
 * @param attemptsSuspended how many of them do not count
 * @param maxAttempts how many may count
 * @param backoff how long the run waits after a failed attempt
 * @param timeout how long an attempt may take
 * @param safetyLevel what the handler may rely on when it is repeated
 * @param keys what it must hold and its worker must be able to
 * @param labels what its submitter called it
 * @param payload what the handler gets
 * @param attemptId the attempt, when it was started
 * @param deadline when that attempt must have ended
 * @param readyAt when it became ready; null where that is not known any more
 * @param startedAt when that attempt began
 */
public record Claimed(
        UUID runId,
        UUID taskId,
        String type,
        String queue,
        long fence,
        Instant expiry,
        int attemptsStarted,
        int attemptsSuspended,
        int maxAttempts,
        Backoff backoff,
        @Nullable Duration timeout,
        String safetyLevel,
        Keys keys,
        Labels labels,
        @Nullable Payload payload,
        @Nullable UUID attemptId,
        @Nullable Instant deadline,
        @Nullable Instant readyAt,
        @Nullable Instant startedAt) {

    /**
     * What a run must hold, and its worker must be able to.
     *
     * @param concurrencyKey the key of which one run at a time is under way
     * @param holdPolicy whether it keeps the key while it waits to go on
     * @param capabilities what its worker must be able to, one to a line; null for nothing in particular
     * @param fence the number that this lease has among all of its concurrency key; null where that key has not the limit 1
     */
    public record Keys(
            @Nullable String concurrencyKey,
            String holdPolicy,
            @Nullable String capabilities,
            @Nullable Long fence) {

        static Keys read(ResultSet row) throws SQLException {
            return new Keys(
                    row.getString("concurrency_key"),
                    row.getString("hold_policy"),
                    row.getString("capabilities"),
                    row.getObject("key_fence", Long.class));
        }
    }

    /**
     * What a task's submitter called it.
     *
     * @param tags words to find it by, as a JSON array
     * @param description a sentence for operators
     */
    public record Labels(String tags, @Nullable String description) {
        /** Nothing was said. */
        public static final Labels NONE = new Labels("[]", null);
    }

    /** Reads the columns that every claim answers. */
    public static Claimed read(ResultSet row) throws SQLException {
        return new Claimed(
                Rows.uuid(row, "run_id"),
                Rows.uuid(row, "task_id"),
                row.getString("type"),
                row.getString("queue"),
                row.getLong("fence"),
                Rows.instant(row, "expiry"),
                row.getInt("attempts_started"),
                row.getInt("attempts_suspended"),
                row.getInt("max_attempts"),
                Rows.backoff(row),
                Rows.durationOrNull(row, "timeout_micros"),
                row.getString("safety_level"),
                Keys.read(row),
                new Labels(row.getString("tags"), row.getString("description")),
                Rows.payload(row),
                row.getObject("attempt_id", UUID.class),
                Rows.instantOrNull(row, "deadline"),
                Rows.instantOrNull(row, "ready_at"),
                Rows.instantOrNull(row, "started_at"));
    }

    /** The same, ready since then. */
    Claimed ready(Instant since) {
        return new Claimed(
                runId,
                taskId,
                type,
                queue,
                fence,
                expiry,
                attemptsStarted,
                attemptsSuspended,
                maxAttempts,
                backoff,
                timeout,
                safetyLevel,
                keys,
                labels,
                payload,
                attemptId,
                deadline,
                since,
                startedAt);
    }
}

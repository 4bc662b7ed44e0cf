package dev.leasehold.sql;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A run as its row and its lease say it is, or as its events tell it.
 *
 * @param state its state's word; null where no event gives it one
 * @param version the number of its last event
 * @param fence how many leases it was granted
 * @param leaseFence the fence of the lease that stands; null where none does
 * @param attemptsStarted how many attempts were started
 * @param attemptsSuspended how many of them do not count
 * @param openAttemptId the attempt that is open
 * @param priority its effective priority
 * @param scheduledAt the instant it is planned for
 * @param nextAttemptAt when it becomes ready by itself
 * @param held whether an operator keeps it from being claimed
 * @param lastEventAt when its last event occurred
 * @param pos where its last event stands in the feed
 */
public record RunFacts(
        @Nullable String state,
        int version,
        long fence,
        @Nullable Long leaseFence,
        int attemptsStarted,
        int attemptsSuspended,
        @Nullable UUID openAttemptId,
        int priority,
        @Nullable Instant scheduledAt,
        @Nullable Instant nextAttemptAt,
        boolean held,
        @Nullable Instant lastEventAt,
        long pos) {

    static RunFacts read(ResultSet row) throws SQLException {
        return new RunFacts(
                row.getString("state"),
                row.getInt("version"),
                row.getLong("fence"),
                row.getObject("lease_fence", Long.class),
                row.getInt("attempts_started"),
                row.getInt("attempts_suspended"),
                row.getObject("open_attempt_id", UUID.class),
                row.getInt("priority"),
                Rows.instantOrNull(row, "scheduled_at"),
                Rows.instantOrNull(row, "due_at"),
                row.getBoolean("held"),
                Rows.instantOrNull(row, "last_event_at"),
                row.getLong("pos"));
    }
}

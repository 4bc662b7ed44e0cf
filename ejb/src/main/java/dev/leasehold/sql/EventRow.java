package dev.leasehold.sql;

import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An event as it is stored.
 *
 * @param runId its run
 * @param taskId the run's task; null where it was not asked for, or where the run is gone
 * @param version its number within the run
 * @param pos its place in the feed
 * @param type one of the closed list of decisions 4
 * @param occurredAt when the command ran
 * @param actor who asked for it
 * @param transitions the steps the run took, in order
 * @param fence the fence of the lease that was granted or used
 * @param attemptId the attempt that was started or ended
 * @param attemptNumber that attempt's number
 * @param priority the effective priority from here on
 * @param scheduledAt the planned instant from here on
 * @param dueAt when the run will be ready by itself
 * @param reason why, in the words of whoever asked
 * @param id the id that its writer gave it; null where it has the usual one
 * @param data what it says beyond its columns, a JSON object; null for nothing
 */
public record EventRow(
        UUID runId,
        @Nullable UUID taskId,
        int version,
        long pos,
        String type,
        Instant occurredAt,
        String actor,
        String transitions,
        @Nullable Long fence,
        @Nullable UUID attemptId,
        @Nullable Integer attemptNumber,
        @Nullable Integer priority,
        @Nullable Instant scheduledAt,
        @Nullable Instant dueAt,
        @Nullable String reason,
        @Nullable String id,
        @Nullable String data) {

    static EventRow read(ResultSet row) throws SQLException {
        return new EventRow(
                Rows.uuid(row, "run_id"),
                row.getObject("task_id", UUID.class),
                row.getInt("version"),
                row.getLong("pos"),
                row.getString("type"),
                Rows.instant(row, "occurred_at"),
                row.getString("actor"),
                row.getString("transitions"),
                row.getObject("fence", Long.class),
                row.getObject("attempt_id", UUID.class),
                row.getObject("attempt_number", Integer.class),
                row.getObject("priority", Integer.class),
                Rows.instantOrNull(row, "scheduled_at"),
                Rows.instantOrNull(row, "due_at"),
                row.getString("reason"),
                row.getString("event_id"),
                text(row.getBytes("data")));
    }

    private static @Nullable String text(byte @Nullable [] bytes) {
        return bytes == null ? null : new String(bytes, StandardCharsets.UTF_8);
    }
}

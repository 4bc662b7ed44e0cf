package dev.leasehold.sql;

import dev.leasehold.api.Backoff;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A run whose row this transaction holds: nothing of it changes before the transaction ends.
 *
 * @param tip where its history stands
 * @param state its state's word
 * @param held whether an operator keeps it from being claimed
 * @param holds whether it holds permits
 * @param waits whether a wait keeps it from going on
 * @param again whether it is a re-run
 * @param expiresAt when it is called off unless an attempt was started; null for never, and once one was
 * @param dueAt when it becomes ready by itself
 * @param priority its effective priority
 * @param fence the number of its last lease
 * @param attemptsStarted how many attempts were started
 * @param attemptsSuspended how many of them do not count
 * @param lease the lease, while there is one
 * @param limits what its task says of its attempts
 * @param place where it stands in line
 */
public record LockedRun(
        Tip tip,
        String state,
        boolean held,
        boolean holds,
        boolean waits,
        boolean again,
        @Nullable Instant expiresAt,
        @Nullable Instant dueAt,
        int priority,
        long fence,
        int attemptsStarted,
        int attemptsSuspended,
        @Nullable Held lease,
        Limits limits,
        Place place) {

    /**
     * Where a run stands in line.
     *
     * @param task the task that asked for it
     * @param type that task's type
     * @param capabilities what a worker must be able to, as its lane has it
     * @param lane the number of its lane
     * @param scheduledAt the instant it is planned for
     * @param taskPriority that task's priority, which it takes over when it becomes ready
     */
    public record Place(UUID task, String type, String capabilities, long lane, Instant scheduledAt, int taskPriority) {

        /** The same in another lane. */
        public Place lane(long number) {
            return new Place(task, type, capabilities, number, scheduledAt, taskPriority);
        }

        /** The same at another instant. */
        public Place scheduledAt(Instant instant) {
            return new Place(task, type, capabilities, lane, instant, taskPriority);
        }
    }

    /**
     * A lease as it stands.
     *
     * @param owner the worker
     * @param fence its number
     * @param expiry when it ends: by its node's heartbeat where it has a node, else by its own
     * @param attempt the open attempt, once it was started
     * @param deadline when that attempt must have ended
     */
    public record Held(
            String owner,
            long fence,
            Instant expiry,
            @Nullable Open attempt,
            @Nullable Instant deadline) {}

    /** An attempt that is open. */
    public record Open(UUID id, int number, Instant startedAt) {}

    /** How often a run is attempted, how long it waits in between, and how long an attempt may take. */
    public record Limits(
            int maxAttempts, Backoff backoff, @Nullable Duration timeout) {}

    static LockedRun read(ResultSet row) throws SQLException {
        return new LockedRun(
                Tip.read(row, Rows.uuid(row, "tenant_id"), Rows.uuid(row, "run_id")),
                row.getString("state"),
                row.getBoolean("held"),
                row.getBoolean("holds"),
                row.getBoolean("waits"),
                row.getBoolean("again"),
                Rows.instantOrNull(row, "expires_at"),
                Rows.instantOrNull(row, "due_at"),
                row.getInt("priority"),
                row.getLong("fence"),
                row.getInt("attempts_started"),
                row.getInt("attempts_suspended"),
                row.getString("owner") == null ? null : lease(row),
                new Limits(row.getInt("max_attempts"), Rows.backoff(row), Rows.durationOrNull(row, "timeout_micros")),
                place(row));
    }

    private static Place place(ResultSet row) throws SQLException {
        return new Place(
                Rows.uuid(row, "task_id"),
                row.getString("type"),
                row.getString("capabilities"),
                row.getLong("lane_id"),
                Rows.instant(row, "scheduled_at"),
                row.getInt("task_priority"));
    }

    private static Held lease(ResultSet row) throws SQLException {
        UUID attempt = row.getObject("attempt_id", UUID.class);
        return new Held(
                row.getString("owner"),
                row.getLong("lease_fence"),
                Rows.instant(row, "expiry"),
                attempt == null
                        ? null
                        : new Open(attempt, row.getInt("attempt_number"), Rows.instant(row, "started_at")),
                Rows.instantOrNull(row, "deadline"));
    }

    /** Its id. */
    public UUID id() {
        return tip.run();
    }

    /** Whether that worker holds it under that fence. */
    public boolean isLeasedTo(String owner, long number) {
        return lease != null && lease.owner().equals(owner) && lease.fence() == number;
    }
}

package dev.leasehold.sql;

import dev.leasehold.api.Backoff;
import dev.leasehold.api.HoldPolicy;
import dev.leasehold.api.NewTask;
import dev.leasehold.api.Payload;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Stores tasks that are new, each with its runs and their first events. */
public interface SubmitStatement {

    /** A task's row. */
    record TaskRow(
            UUID taskId,
            String type,
            String queue,
            @Nullable Payload payload,
            String runPolicy,
            int maxAttempts,
            Backoff backoff,
            @Nullable Duration timeout,
            String safetyLevel,
            String tags,
            int priority,
            @Nullable String description,
            String digest,
            GateRow gates) {}

    /** What keeps a task's runs from being started. */
    record GateRow(
            NewTask.Gates gates,
            @Nullable Long keyPermit,
            @Nullable Long ratePermit) {

        /** Whether a run of the task needs a permit of its own. */
        public boolean needPermits() {
            return keyPermit != null || ratePermit != null;
        }

        /** Whether a run keeps its key while it waits to go on. */
        public String holdPolicy() {
            HoldPolicy hold = gates.hold();
            return (hold == null ? HoldPolicy.HOLD_DURING_RETRY : hold).word();
        }

        /** What a worker must be able to as it was said, one to a line; null for nothing in particular. */
        public @Nullable String capabilities() {
            return gates.capabilities() == null ? null : String.join("\n", gates.capabilities());
        }
    }

    /** A run's row; {@code due} when it is ready at once, {@code gated} when it needs permits. */
    record RunRow(
            UUID runId,
            UUID taskId,
            long lane,
            Instant scheduledAt,
            int priority,
            boolean due,
            boolean gated,
            @Nullable Instant expiresAt) {

        /** Where it stands as soon as it is ready. */
        public LanePlace place() {
            return new LanePlace(lane, priority, scheduledAt, runId);
        }
    }

    /**
     * What to store.
     *
     * @param tenant whose rows they are
     * @param actor who submits
     * @param now the command's instant
     * @param tasks no id twice
     * @param runs the runs of those tasks
     */
    record Submission(UUID tenant, String actor, Instant now, List<TaskRow> tasks, List<RunRow> runs) {}

    /** Stores what is new and answers the ids of the tasks that were; the others were there before. */
    Set<UUID> submit(Connection connection, Submission submission) throws SQLException;
}

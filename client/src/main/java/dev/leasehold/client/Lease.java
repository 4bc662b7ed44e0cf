package dev.leasehold.client;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A run that is yours until {@code expiry}, unless it is renewed (http.md 3).
 *
 * @param keyFence greater with every lease of any run of its concurrency key; null unless that key has the limit 1
 * @param constraints what the task asked for, as an object
 * @param attemptId of the attempt that was started with it; null when none was
 * @param attemptNumber 1 for the run's first
 * @param deadline when the attempt's time is over, by the server's clock; null when it has no limit
 */
public record Lease(
        UUID runId,
        UUID taskId,
        String type,
        String queue,
        long fence,
        @Nullable Long keyFence,
        Instant expiry,
        @Nullable Payload payload,
        @Nullable JsonNode constraints,
        int attemptsStarted,
        @Nullable UUID attemptId,
        @Nullable Integer attemptNumber,
        @Nullable Instant deadline) {

    /** An answer without these is none. */
    public Lease {
        Objects.requireNonNull(runId, "run_id");
        Objects.requireNonNull(taskId, "task_id");
        Objects.requireNonNull(type, "type");
        Objects.requireNonNull(queue, "queue");
        Objects.requireNonNull(expiry, "expiry");
    }

    /** What names a lease in requests. */
    public record Held(UUID runId, long fence) {}

    /** All that a claim was granted. */
    record Granted(List<Lease> leases) {

        Granted {
            leases = List.copyOf(leases);
        }
    }

    /**
     * What became of one lease that was to be kept.
     *
     * @param status {@code renewed} or {@code lost}
     * @param reason why it is lost, or why the work should stop; null when all is well
     */
    public record Renewal(
            UUID runId,
            String status,
            @Nullable Instant expiry,
            boolean cancelRequested,
            @Nullable String reason,
            @Nullable String error) {

        /** An answer without these is none. */
        public Renewal {
            Objects.requireNonNull(runId, "run_id");
            Objects.requireNonNull(status, "status");
        }

        /** Whether the run is somebody else's, or nobody's. */
        public boolean lost() {
            return status.equals("lost");
        }
    }

    /** How an attempt ended. */
    public record Report(UUID runId, UUID attemptId, long fence, Outcome outcome) {}

    /**
     * What became of one report, release or start.
     *
     * @param status {@code accepted}, {@code started}, {@code released}, {@code lost} or {@code rejected}
     * @param state what the run is now, after an accepted report
     * @param duplicate whether the same report had been accepted before
     * @param error why it was lost or rejected
     */
    public record Verdict(
            UUID runId,
            String status,
            @Nullable RunState state,
            @Nullable Instant nextAttemptAt,
            boolean duplicate,
            @Nullable UUID attemptId,
            @Nullable Integer attemptNumber,
            @Nullable Instant deadline,
            @Nullable String error,
            @Nullable String message) {

        /** An answer without these is none. */
        public Verdict {
            Objects.requireNonNull(runId, "run_id");
            Objects.requireNonNull(status, "status");
        }

        /** Whether it did not happen because the run is not this worker's any more. */
        public boolean leaseLost() {
            return "lease_lost".equals(error) || "run_not_found".equals(error);
        }
    }

    Held held() {
        return new Held(runId, fence);
    }

    /** How long its attempt may take; null when it has no limit. */
    @Nullable
    Duration timeout() {
        JsonNode seconds = constraints == null ? null : constraints.get("timeout_secs");
        return seconds == null || !seconds.isNumber()
                ? null
                : Duration.ofMillis(seconds.decimalValue().movePointRight(3).longValue());
    }
}

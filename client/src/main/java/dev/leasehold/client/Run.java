package dev.leasehold.client;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A run with its history (AQ 9.4, http.md 2).
 *
 * @param version the number of its last event
 * @param fence how many leases there were
 * @param attemptCount how many attempts were started
 * @param held whether an operator holds it back
 * @param blockReason why it does not run now, in one word; null when it is ready
 * @param nextAttemptAt when it will be tried again; null unless it waits for that
 * @param cancelRequested whether its worker was told to stop and has not yet
 */
public record Run(
        UUID runId,
        UUID taskId,
        RunState state,
        String type,
        String queue,
        int priority,
        int version,
        long fence,
        Instant createdAt,
        Instant scheduledAt,
        int attemptCount,
        boolean held,
        @Nullable UUID currentAttemptId,
        List<Change> stateHistory,
        List<Attempt> attempts,
        @Nullable Holding lease,
        @Nullable String blockReason,
        @Nullable Instant nextAttemptAt,
        boolean cancelRequested) {

    /** An answer without these is none. */
    public Run {
        Objects.requireNonNull(runId, "run_id");
        Objects.requireNonNull(state, "state");
    }

    /** A step of its life; {@code from} is null for the first. */
    public record Change(@Nullable RunState from, RunState to, Instant timestamp) {}

    /**
     * An attempt.
     *
     * @param finishedAt null while it goes on
     * @param result {@code Success}, {@code Failure}, {@code Timeout} or {@code Suspended}; null while it goes on, and
     *     when it was canceled
     */
    public record Attempt(
            UUID attemptId,
            Instant startedAt,
            @Nullable Instant finishedAt,
            @Nullable String result,
            @Nullable String error,
            @Nullable Payload output) {}

    /**
     * Who has it.
     *
     * @param deadline when its attempt's time is over; null when it has no limit
     */
    public record Holding(
            String owner,
            Instant expiry,
            Instant acquiredAt,
            Instant updatedAt,
            long fence,
            @Nullable Instant deadline) {}

    /** A run as lists show it. */
    public record Summary(
            UUID runId,
            UUID taskId,
            RunState state,
            String type,
            String queue,
            int priority,
            int version,
            long fence,
            Instant createdAt,
            Instant scheduledAt,
            int attemptCount,
            @Nullable String concurrencyKey,
            @Nullable Instant nextAttemptAt) {

        /** An answer without these is none. */
        public Summary {
            Objects.requireNonNull(runId, "run_id");
            Objects.requireNonNull(state, "state");
        }
    }

    /** A page of runs, and where the next one begins. */
    record Listing(List<Summary> runs, @Nullable String next) {

        Listing {
            runs = List.copyOf(runs);
        }
    }

    /**
     * How many runs there are.
     *
     * @param value how many, as far as was asked
     * @param relation {@code eq} when these are all, {@code gte} when there are more
     */
    public record Count(long value, String relation) {

        public Count {
            Objects.requireNonNull(relation, "relation");
        }
    }

    /** A page of runs of which nothing matters but how many there are. */
    record Counted(Count count) {

        Counted {
            Objects.requireNonNull(count, "count");
        }
    }

    /** The answer to an order about a run: what it is now, in one word. */
    record Ordered(String status) {

        Ordered {
            Objects.requireNonNull(status, "status");
        }
    }

    /** A run that repeats another. */
    record Rerun(UUID runId, UUID rerunOf) {}
}

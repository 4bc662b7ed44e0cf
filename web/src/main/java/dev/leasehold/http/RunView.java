package dev.leasehold.http;

import dev.leasehold.run.Run;
import dev.leasehold.run.RunInLane;
import dev.leasehold.run.RunState;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A run as AQ 9.4's list shows it, with the additions of http.md 2. */
record RunView(
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
        @Nullable String concurrencyKey,
        Optional<Instant> nextAttemptAt,
        Optional<UUID> rerunOf) {

    /** A page of runs. */
    record Listing(
            List<RunView> runs,
            int limit,
            Optional<Long> offset,
            @Nullable UUID next,
            Optional<Count> count) {

        /** A page; where it is full, the next one begins after its last run. */
        static Listing of(List<RunInLane> found, int limit, Optional<Long> offset) {
            List<RunView> runs = found.stream().map(RunView::of).toList();
            return new Listing(
                    runs,
                    limit,
                    offset,
                    runs.size() < limit ? null : runs.get(runs.size() - 1).runId(),
                    Optional.empty());
        }

        Listing with(Optional<Count> how) {
            return new Listing(runs, limit, offset, next, how);
        }
    }

    static RunView of(RunInLane found) {
        Run run = found.run();
        return new RunView(
                run.id(),
                run.taskId(),
                run.state(),
                found.lane().type(),
                found.lane().queue(),
                run.priority(),
                run.version(),
                run.fence(),
                run.createdAt(),
                run.scheduledAt(),
                run.attemptsStarted(),
                run.held(),
                found.concurrencyKey(),
                nextAttemptAt(run),
                Optional.ofNullable(found.rerunOf()));
    }

    /** When it will be tried again, while it waits for that. */
    static Optional<Instant> nextAttemptAt(Run run) {
        return run.state() == RunState.RETRY_WAIT ? Optional.ofNullable(run.dueAt()) : Optional.empty();
    }
}

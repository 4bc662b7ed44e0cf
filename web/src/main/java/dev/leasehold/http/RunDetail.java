package dev.leasehold.http;

import dev.leasehold.api.Payload;
import dev.leasehold.attempt.AttemptRecord;
import dev.leasehold.lease.Lease;
import dev.leasehold.lease.Progress;
import dev.leasehold.run.Run;
import dev.leasehold.run.RunEvent;
import dev.leasehold.run.RunInLane;
import dev.leasehold.run.RunState;
import dev.leasehold.run.Step;
import dev.leasehold.sql.EventRow;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A run with its history as AQ 9.4 shows it, with the additions of http.md 2. */
record RunDetail(
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
        Optional<Instant> nextAttemptAt,
        boolean cancelRequested,
        Optional<Progress> progress,
        Optional<Long> missed,
        Optional<UUID> rerunOf,
        Optional<List<Integer>> unreadable) {

    /** What an event says of the state. */
    record Told(int version, Instant at, Optional<List<Step>> steps) {
        static Told of(RunEvent event) {
            return new Told(event.version(), event.occurredAt(), event.readableSteps());
        }

        static Told of(EventRow event) {
            return new Told(event.version(), event.occurredAt(), Step.read(event.transitions()));
        }
    }

    /** An attempt that has ended. */
    record Ended(
            UUID attemptId,
            Instant startedAt,
            Instant finishedAt,
            @Nullable String result,
            @Nullable String error,
            @Nullable Payload output) {
        static Ended of(AttemptRecord one) {
            return new Ended(
                    one.attemptId(), one.startedAt(), one.finishedAt(), one.result(), one.error(), one.output());
        }
    }

    private record Change(@Nullable RunState from, RunState to, Instant timestamp) {}

    private record Attempt(
            UUID attemptId,
            Instant startedAt,
            @Nullable Instant finishedAt,
            @Nullable String result,
            @Nullable String error,
            Optional<Payload> output) {}

    private record Holding(
            String owner,
            Instant expiry,
            Instant acquiredAt,
            Instant updatedAt,
            long fence,
            Optional<Instant> deadline) {}

    /**
     * A lease as it stands.
     *
     * @param expiry when it ends: by its node's heartbeat where it has a node, else by its own
     * @param overdue whether its attempt should have ended
     */
    record Current(Lease lease, Instant expiry, boolean overdue) {}

    static RunDetail of(
            RunInLane found, List<Told> events, List<Ended> ended, @Nullable Current current, Optional<Long> missed) {
        Lease lease = current == null ? null : current.lease();
        Run run = found.run();
        return new RunDetail(
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
                lease == null ? null : lease.attemptId(),
                events.stream().flatMap(RunDetail::changes).toList(),
                attempts(ended, lease),
                current == null ? null : holding(current),
                blockReason(run.state()),
                RunView.nextAttemptAt(run),
                current != null && current.overdue(),
                Optional.ofNullable(lease).map(Lease::progress),
                missed,
                Optional.ofNullable(found.rerunOf()),
                unreadable(events));
    }

    /** Which events of its history were spoiled in the database. */
    private static Optional<List<Integer>> unreadable(List<Told> events) {
        List<Integer> spoiled = events.stream()
                .filter(event -> event.steps().isEmpty())
                .map(Told::version)
                .toList();
        return spoiled.isEmpty() ? Optional.empty() : Optional.of(spoiled);
    }

    private static Holding holding(Current current) {
        Lease lease = current.lease();
        return new Holding(
                lease.owner(),
                current.expiry(),
                lease.acquiredAt(),
                lease.updatedAt(),
                lease.fence(),
                Optional.ofNullable(lease.deadline()));
    }

    private static Stream<Change> changes(Told event) {
        return event.steps().orElse(List.of()).stream().map(step -> new Change(step.from(), step.to(), event.at()));
    }

    private static List<Attempt> attempts(List<Ended> ended, @Nullable Lease lease) {
        Stream<Attempt> open = lease == null || lease.attemptId() == null
                ? Stream.empty()
                : Stream.of(new Attempt(
                        lease.attemptId(),
                        Objects.requireNonNull(lease.startedAt()),
                        null,
                        null,
                        null,
                        Optional.empty()));
        return Stream.concat(ended.stream().map(RunDetail::attempt), open).toList();
    }

    private static Attempt attempt(Ended ended) {
        return new Attempt(
                ended.attemptId(),
                ended.startedAt(),
                ended.finishedAt(),
                ended.result(),
                ended.error(),
                Optional.ofNullable(ended.output()));
    }

    /** When the attempt began that is open. */
    Optional<Instant> openSince() {
        return attempts.stream()
                .filter(attempt -> attempt.finishedAt() == null)
                .map(Attempt::startedAt)
                .findFirst();
    }

    /** AQ 9.4's word: nothing for a ready run, one for all that have ended. */
    static @Nullable String blockReason(RunState state) {
        if (state == RunState.READY) {
            return null;
        }
        return state.terminal() ? "terminal" : state.snake();
    }
}

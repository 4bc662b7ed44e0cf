package dev.leasehold.http;

import dev.leasehold.run.RunState;
import dev.leasehold.run.Step;
import dev.leasehold.sql.EventRow;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** An event as a run's history and the feed show it (http.md 2, 4). */
record EventView(
        String eventId,
        UUID runId,
        Optional<UUID> taskId,
        int seq,
        String eventType,
        Instant occurredAt,
        String actor,
        Optional<UUID> attemptId,
        Optional<Long> fence,
        List<Move> transitions,
        Data data) {

    private record Move(@Nullable RunState from, RunState to) {}

    /** What only some events say. */
    private record Data(
            Optional<Integer> attemptNumber,
            Optional<Integer> priority,
            Optional<Instant> scheduledAt,
            Optional<Instant> nextAttemptAt,
            Optional<String> reason) {
        static Data of(EventRow event) {
            return new Data(
                    Optional.ofNullable(event.attemptNumber()),
                    Optional.ofNullable(event.priority()),
                    Optional.ofNullable(event.scheduledAt()),
                    Optional.ofNullable(event.dueAt()),
                    Optional.ofNullable(event.reason()));
        }
    }

    static EventView of(EventRow event) {
        return new EventView(
                event.runId() + ":" + event.version(),
                event.runId(),
                Optional.ofNullable(event.taskId()),
                event.version(),
                event.type(),
                event.occurredAt(),
                event.actor(),
                Optional.ofNullable(event.attemptId()),
                Optional.ofNullable(event.fence()),
                Step.parse(event.transitions()).stream()
                        .map(step -> new Move(step.from(), step.to()))
                        .toList(),
                Data.of(event));
    }
}

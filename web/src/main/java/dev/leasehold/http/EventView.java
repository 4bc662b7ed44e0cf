package dev.leasehold.http;

import dev.leasehold.event.EventType;
import dev.leasehold.run.RunState;
import dev.leasehold.run.Step;
import dev.leasehold.sql.EventRow;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
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
        Json.Raw data,
        Optional<List<String>> unreadable) {

    private static final Json.Raw NOTHING = new Json.Raw("{}");

    private record Move(@Nullable RunState from, RunState to) {}

    /** What only some events say in columns. */
    private record Columns(
            Optional<Integer> attemptNumber,
            Optional<Integer> priority,
            Optional<Instant> scheduledAt,
            Optional<Instant> nextAttemptAt,
            Optional<String> reason) {
        static Columns of(EventRow event) {
            return new Columns(
                    Optional.ofNullable(event.attemptNumber()),
                    Optional.ofNullable(event.priority()),
                    Optional.ofNullable(event.scheduledAt()),
                    Optional.ofNullable(event.dueAt()),
                    Optional.ofNullable(event.reason()));
        }
    }

    /** What was spoiled in the database is named, so that the other events of a page can be read all the same. */
    static EventView of(EventRow event) {
        Optional<List<Step>> steps = Step.read(event.transitions());
        Optional<Json.Raw> data = data(event);
        List<String> unreadable = new ArrayList<>();
        if (steps.isEmpty()) {
            unreadable.add("transitions");
        }
        if (data.isEmpty()) {
            unreadable.add("data");
        }
        return new EventView(
                id(event),
                event.runId(),
                Optional.ofNullable(event.taskId()),
                event.version(),
                event.type(),
                event.occurredAt(),
                event.actor(),
                Optional.ofNullable(event.attemptId()),
                Optional.ofNullable(event.fence()),
                steps.orElse(List.of()).stream()
                        .map(step -> new Move(step.from(), step.to()))
                        .toList(),
                data.orElse(NOTHING),
                unreadable.isEmpty() ? Optional.empty() : Optional.of(unreadable));
    }

    /** The id that its writer gave it, or the usual one. */
    static String id(EventRow event) {
        return event.id() == null ? event.runId() + ":" + event.version() : event.id();
    }

    /** A note says what its writer said; what other events say stands in columns and beside them. */
    private static Optional<Json.Raw> data(EventRow event) {
        String columns = new String(Json.write(Columns.of(event)), StandardCharsets.UTF_8);
        String beside = event.data();
        if (beside == null) {
            return Optional.of(new Json.Raw(columns));
        }
        if (!isObject(beside)) {
            return Optional.empty();
        }
        boolean alone = event.type().equals(EventType.NOTE_APPENDED.word()) || columns.equals("{}");
        return Optional.of(
                new Json.Raw(alone ? beside : columns.substring(0, columns.length() - 1) + "," + beside.substring(1)));
    }

    private static boolean isObject(String data) {
        return data.strip().startsWith("{") && JsonBody.isDocument(data.getBytes(StandardCharsets.UTF_8));
    }
}

package dev.leasehold.http;

import dev.leasehold.api.Backoff;
import dev.leasehold.api.Payload;
import dev.leasehold.run.RunState;
import dev.leasehold.task.Task;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A task as AQ 9.4 shows it, with the additions of http.md 1. */
record TaskView(
        UUID id,
        String type,
        String queue,
        Optional<Payload> payload,
        Json.Raw runPolicy,
        Constraints constraints,
        Metadata metadata,
        Instant createdAt,
        @Nullable Instant updatedAt,
        String status,
        List<UUID> dependsOn,
        Optional<Integer> runsCreated) {

    /** A page of tasks. */
    record Listing(List<TaskView> tasks, int limit, long offset) {}

    private record Constraints(
            int maxAttempts,
            @Nullable Duration timeoutSecs,
            @Nullable String concurrencyKey,
            String concurrencyKeyHoldPolicy,
            String safetyLevel,
            @Nullable List<String> requiredCapabilities,
            Delays backoff) {}

    private record Delays(
            String strategy, Duration delaySecs, BigDecimal factor, Duration maxDelaySecs, BigDecimal jitter) {}

    private record Metadata(
            List<String> tags, int priority, @Nullable String description) {}

    /** As lists show it. */
    static TaskView item(Task task, Set<RunState> states) {
        return view(task, states, Optional.empty(), Optional.empty());
    }

    /** As its own path shows it. */
    static TaskView detail(Task task, Set<RunState> states, Optional<Payload> payload) {
        return view(task, states, payload, Optional.empty());
    }

    /** As its submission is answered. */
    static TaskView submitted(Task task, Set<RunState> states, Optional<Payload> payload, int runsCreated) {
        return view(task, states, payload, Optional.of(runsCreated));
    }

    private static TaskView view(
            Task task, Set<RunState> states, Optional<Payload> payload, Optional<Integer> runsCreated) {
        return new TaskView(
                task.id(),
                task.type(),
                task.queue(),
                payload,
                new Json.Raw(task.runPolicy()),
                constraints(task),
                new Metadata(task.tags(), task.priority(), task.description()),
                task.createdAt(),
                null,
                TaskStatus.of(states),
                List.of(),
                runsCreated);
    }

    private static Constraints constraints(Task task) {
        Backoff backoff = task.backoff();
        return new Constraints(
                task.maxAttempts(),
                task.timeout(),
                null,
                LaterMembers.HOLD,
                task.safetyLevel(),
                null,
                new Delays(
                        BackoffRequest.word(backoff.strategy()),
                        backoff.delay(),
                        Seconds.plain(BigDecimal.valueOf(backoff.factor())),
                        backoff.maxDelay(),
                        Seconds.plain(BigDecimal.valueOf(backoff.jitter()))));
    }
}

package dev.leasehold.http;

import dev.leasehold.api.NewTask;
import dev.leasehold.api.Payload;
import dev.leasehold.api.Rate;
import dev.leasehold.api.Unique;
import dev.leasehold.run.RunState;
import dev.leasehold.schedule.Schedules.Standing;
import dev.leasehold.task.Task;
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
        ConstraintsView constraints,
        Metadata metadata,
        Instant createdAt,
        @Nullable Instant updatedAt,
        String status,
        @Nullable Only unique,
        @Nullable Instant expiresAt,
        @Nullable Throttle rate,
        List<UUID> dependsOn,
        boolean paused,
        Optional<Json.Raw> nextInstant,
        Optional<Schedule> schedule,
        Optional<Integer> runsCreated) {

    /** A page of tasks; where it is full, the next one begins after its last task. */
    record Listing(
            List<TaskView> tasks,
            int limit,
            Optional<Long> offset,
            @Nullable UUID next,
            Optional<Count> count) {

        Listing with(Optional<Count> how) {
            return new Listing(tasks, limit, offset, next, how);
        }
    }

    /** How far a task that recurs has come. */
    private record Schedule(int version, long instants) {}

    /** What is not in a task's own row. */
    record Beside(Set<RunState> states, Optional<Standing> standing, boolean paused) {}

    private record Metadata(
            List<String> tags, int priority, @Nullable String description) {}

    private record Only(String key, String until, @Nullable Duration periodSecs, String onConflict) {

        static @Nullable Only of(@Nullable Unique unique) {
            return unique == null
                    ? null
                    : new Only(
                            unique.key(),
                            GatesRequest.lower(unique.until()),
                            unique.period(),
                            GatesRequest.lower(unique.onConflict()));
        }
    }

    private record Throttle(String name, int limit, Duration periodSecs) {

        static @Nullable Throttle of(@Nullable Rate rate) {
            return rate == null ? null : new Throttle(rate.name(), rate.limit(), rate.period());
        }
    }

    /** As lists show it. */
    static TaskView item(Task task, Beside beside) {
        return view(task, beside, Optional.empty(), Optional.empty());
    }

    /** As its own path shows it. */
    static TaskView detail(Task task, Beside beside, Optional<Payload> payload) {
        return view(task, beside, payload, Optional.empty());
    }

    /** As its submission is answered. */
    static TaskView submitted(Task task, Beside beside, Optional<Payload> payload, int runsCreated) {
        return view(task, beside, payload, Optional.of(runsCreated));
    }

    private static TaskView view(Task task, Beside beside, Optional<Payload> payload, Optional<Integer> runsCreated) {
        NewTask.Gates gates = task.gates();
        return new TaskView(
                task.id(),
                task.type(),
                task.queue(),
                payload,
                new Json.Raw(task.runPolicy()),
                ConstraintsView.of(task),
                new Metadata(task.tags(), task.priority(), task.description()),
                task.createdAt(),
                null,
                TaskStatus.of(beside.states(), beside.standing()),
                Only.of(gates.unique()),
                gates.expiresAt(),
                Throttle.of(gates.rate()),
                List.of(),
                beside.paused(),
                beside.standing().map(TaskView::nextInstant),
                beside.standing().map(one -> new Schedule(one.version(), one.instants())),
                runsCreated);
    }

    /** Null, and shown so, after the last. */
    private static Json.Raw nextInstant(Standing standing) {
        Instant next = standing.nextInstant();
        return new Json.Raw(next == null ? "null" : Seconds.of(next).toPlainString());
    }
}

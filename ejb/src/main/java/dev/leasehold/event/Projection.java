package dev.leasehold.event;

import dev.leasehold.run.RunState;
import dev.leasehold.run.Step;
import dev.leasehold.run.Transition;
import dev.leasehold.sql.EventRow;
import dev.leasehold.sql.RunFacts;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A run as its events alone tell it (decisions 4). It knows the table of transitions and nothing of the commands; where
 * an event does not fit those before it, it says so and goes on with what the event says.
 */
final class Projection {

    private final List<Difference> differences = new ArrayList<>();

    private @Nullable RunState state;
    private int version;
    private long fence;
    private int attemptsStarted;
    private int attemptsSuspended;
    private @Nullable UUID openAttempt;
    private int priority;
    private @Nullable Instant scheduledAt;
    private @Nullable Instant dueAt;
    private boolean held;
    private boolean waited; // a run that only waits may be let go as one that is held
    private @Nullable Instant lastEventAt;
    private long pos;

    /** Takes the next event of the run. */
    void take(EventRow event) {
        place(event);
        List<Step> steps = steps(event);
        name(event, steps);
        planned(event, steps);
        hold(event);
        steps.forEach(step -> take(event, step));
        wait(event, steps);
    }

    private void place(EventRow event) {
        require("seq", event, version + 1, event.version());
        if (event.pos() < pos) {
            differ("pos", event, "at least " + pos, event.pos());
        }
        if (lastEventAt != null && event.occurredAt().isBefore(lastEventAt)) {
            differ("occurred_at", event, "not before " + lastEventAt, event.occurredAt());
        }
        version = event.version();
        pos = event.pos();
        lastEventAt = event.occurredAt();
    }

    private List<Step> steps(EventRow event) {
        Optional<List<Step>> steps = Step.read(event.transitions());
        if (steps.isEmpty()) {
            differ("transitions", event, "steps between states", event.transitions());
        }
        return steps.orElse(List.of());
    }

    private void name(EventRow event, List<Step> steps) {
        EventType type = EventType.of(event.type()).orElse(null);
        if (type == null) {
            differ("event_type", event, "a known type", event.type());
        } else if (steps.isEmpty() ? !type.standsStill() : !type.endsWith(steps.get(steps.size() - 1))) {
            differ("event_type", event, "the name of its last step", event.type() + " " + event.transitions());
        }
    }

    /** Priority and planned instant change only where a command changes them. */
    private void planned(EventRow event, List<Step> steps) {
        boolean first = leaves(steps, null);
        if (event.priority() != null) {
            boolean may = first || leaves(steps, RunState.SCHEDULED) || is(event, EventType.RUN_PRIORITY_CHANGED);
            require("priority", event, may ? event.priority() : priority, event.priority());
            priority = event.priority();
        }
        if (event.scheduledAt() != null) {
            boolean may = first || is(event, EventType.RUN_MOVED);
            require("scheduled_at", event, may ? event.scheduledAt() : scheduledAt, event.scheduledAt());
            scheduledAt = event.scheduledAt();
        }
    }

    private static boolean leaves(List<Step> steps, @Nullable RunState from) {
        return steps.stream().anyMatch(step -> step.from() == from);
    }

    private void hold(EventRow event) {
        if (is(event, EventType.RUN_HELD) || is(event, EventType.RUN_UNHELD)) {
            require("held", event, held, is(event, EventType.RUN_UNHELD) && (held || !waited));
            waited &= held || is(event, EventType.RUN_HELD);
            held = is(event, EventType.RUN_HELD);
        }
        waited |= is(event, EventType.WAIT_OPENED);
    }

    private void take(EventRow event, Step step) {
        follow(event, step);
        fence += step.to() == RunState.LEASED ? 1 : 0;
        if (step.to() == RunState.LEASED || leased(step.from())) {
            require("fence", event, fence, event.fence());
        }
        if (step.to() == RunState.RUNNING) {
            start(event);
        }
        if (step.from() == RunState.RUNNING) {
            end(event, step);
        }
        state = step.to();
        held &= !step.to().terminal();
    }

    private void follow(EventRow event, Step step) {
        if (state != step.from() || !allowed(step)) {
            differ("transitions", event, "a step from " + (state == null ? "nothing" : state.word()), step.text());
        }
    }

    private static boolean leased(@Nullable RunState where) {
        return where == RunState.LEASED || where == RunState.RUNNING;
    }

    private static boolean allowed(Step step) {
        return step.from() == null
                ? Transition.SUBMIT.steps().contains(step)
                : Transition.allows(step.from(), step.to());
    }

    private void start(EventRow event) {
        attemptsStarted++;
        openAttempt = event.attemptId();
        if (openAttempt == null) {
            differ("attempt_id", event, "an attempt", null);
        }
        require("attempt_number", event, attemptsStarted, event.attemptNumber());
    }

    private void end(EventRow event, Step step) {
        require("attempt_id", event, openAttempt, event.attemptId());
        require("attempt_number", event, attemptsStarted, event.attemptNumber());
        attemptsSuspended += step.to() == RunState.SUSPENDED ? 1 : 0;
        openAttempt = null;
    }

    /** A planned run waits for its instant; any other for what the event says, if it moved. */
    private void wait(EventRow event, List<Step> steps) {
        if (state == RunState.SCHEDULED) {
            dueAt = scheduledAt;
        } else if (!steps.isEmpty() || event.dueAt() != null) {
            dueAt = event.dueAt();
        }
    }

    private static boolean is(EventRow event, EventType type) {
        return event.type().equals(type.word());
    }

    private void require(String field, EventRow event, @Nullable Object expected, @Nullable Object found) {
        if (!Objects.equals(expected, found)) {
            differ(field, event, expected, found);
        }
    }

    private void differ(String field, EventRow event, @Nullable Object expected, @Nullable Object found) {
        differences.add(Difference.of(field, event.version(), expected, found));
    }

    /** The run after the events so far. */
    RunFacts facts() {
        return new RunFacts(
                state == null ? null : state.word(),
                version,
                fence,
                leased(state) ? fence : null,
                attemptsStarted,
                attemptsSuspended,
                openAttempt,
                priority,
                scheduledAt,
                dueAt,
                held,
                lastEventAt,
                pos);
    }

    /** What did not fit so far. */
    List<Difference> differences() {
        return differences;
    }
}

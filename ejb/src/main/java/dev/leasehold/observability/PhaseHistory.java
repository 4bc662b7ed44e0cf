package dev.leasehold.observability;

import dev.leasehold.event.EventType;
import dev.leasehold.observability.RunStatus.Active;
import dev.leasehold.run.RunState;
import dev.leasehold.run.Step;
import dev.leasehold.sql.EventRow;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The phases of a run as its events tell them. What a gate keeps is no event, so that a blocked run stands here as queued;
 * and where the oldest events were left out, so are the waits that began there.
 */
public final class PhaseHistory {

    /** A phase, and the event with which it began. */
    public record Change(RunPhase phase, Instant at, int eventSeq) {}

    private static final Pattern WAIT = Pattern.compile(
            "\\{\"wait_id\":(\".*\"),\"wait_kind\":\"(\\w+)\",\"outcome\":\"(\\w+)\"[,}].*", Pattern.DOTALL);

    private final List<Change> changes = new ArrayList<>();
    private final Map<String, Active> waits = new LinkedHashMap<>();

    private @Nullable RunState state;
    private boolean held;
    private boolean timed;

    private PhaseHistory() {}

    static List<Change> of(List<EventRow> events) {
        PhaseHistory history = new PhaseHistory();
        events.forEach(history::take);
        return history.changes;
    }

    private void take(EventRow event) {
        List<Step> steps = Step.read(event.transitions()).orElse(List.of());
        for (Step step : steps) {
            if (step.from() == null) {
                changes.add(new Change(RunPhase.CREATED, event.occurredAt(), event.version()));
            }
            state = step.to();
            timed = event.dueAt() != null;
        }
        hold(event);
        wait(event);
        if (state != null) {
            add(RunStatus.of(new RunStatus.Standing(state, held, oldest(), false, timed, false)), event);
        }
    }

    private void hold(EventRow event) {
        held = is(event, EventType.RUN_HELD) || (held && !is(event, EventType.RUN_UNHELD));
    }

    private void wait(EventRow event) {
        Matcher wait = WAIT.matcher(event.data() == null ? "" : event.data());
        if (wait.matches() && !is(event, EventType.NOTE_APPENDED)) {
            wait(event, wait);
        } else if (is(event, EventType.RUN_RESUMED) || is(event, EventType.RUN_UNHELD)) {
            waits.clear();
        }
    }

    private void wait(EventRow event, Matcher wait) {
        String id = wait.group(1);
        if (is(event, EventType.WAIT_OPENED)) {
            waits.put(id, new Active(wait.group(2), false));
        } else if (wait.group(3).equals("timeout_escalated") || stands(event, wait)) {
            waits.replace(id, new Active(wait.group(2), true));
        } else {
            waits.remove(id);
        }
    }

    /** A reminder that was the last one. */
    private static boolean stands(EventRow event, Matcher wait) {
        return wait.group(3).equals("timeout_reminded") && is(event, EventType.WAIT_COMPLETED);
    }

    private @Nullable Active oldest() {
        return waits.values().stream().findFirst().orElse(null);
    }

    private void add(RunStatus status, EventRow event) {
        RunPhase phase = status.phase();
        if (changes.isEmpty() || changes.get(changes.size() - 1).phase() != phase) {
            changes.add(new Change(phase, event.occurredAt(), event.version()));
        }
    }

    private static boolean is(EventRow event, EventType type) {
        return event.type().equals(type.word());
    }
}

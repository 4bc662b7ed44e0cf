package dev.leasehold.run;

import dev.leasehold.attempt.AttemptRecord;
import dev.leasehold.lease.Lease;
import jakarta.persistence.EntityManager;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A run as its events alone tell it, to be compared with its row, its lease and its attempts (decisions 4). It shares
 * nothing with the commands but the table of transitions.
 */
public final class Replay {

    /** Decisions 4's closed list. */
    public static final Set<String> EVENT_TYPES = Set.of(
            "run.submitted",
            "run.promoted",
            "run.leased",
            "run.started",
            "attempt.finished",
            "lease.expired",
            "lease.released",
            "run.resumed",
            "run.canceled",
            "run.priority_changed",
            "run.held",
            "run.unheld",
            "run.moved",
            "wait.opened",
            "wait.completed",
            "signal.received",
            "note.appended");

    private static final Set<RunState> MOVED_NEVER =
            Set.of(RunState.LEASED, RunState.RUNNING, RunState.COMPLETED, RunState.FAILED, RunState.CANCELED);

    private final RunKey key;
    private final List<String> faults = new ArrayList<>();
    private final Map<Integer, UUID> ended = new TreeMap<>();

    private @Nullable RunState state;
    private int version;
    private long pos = Long.MIN_VALUE;
    private Instant occurredAt = Instant.MIN;
    private long fence;
    private int started;
    private int suspended;
    private @Nullable UUID attempt;
    private int priority;
    private boolean held;
    private @Nullable Instant scheduledAt;
    private @Nullable Instant dueAt;
    /** Whether it was planned for an instant of its own. */
    private boolean apart;

    private Replay(RunKey key) {
        this.key = key;
    }

    /** Replays every run of the database and answers what does not fit, a line each. */
    public static List<String> faults(EntityManager entities) {
        Map<RunKey, Replay> replays = new HashMap<>();
        for (RunEvent event : entities.createQuery("from RunEvent e order by e.key.version", RunEvent.class)
                .getResultList()) {
            RunKey key = new RunKey(event.key.tenantId(), event.key.runId());
            replays.computeIfAbsent(key, Replay::new).apply(event);
        }
        Map<RunKey, Lease> leases = leases(entities);
        Map<RunKey, Map<Integer, UUID>> attempts = attempts(entities);
        Set<UUID> bySchedule = bySchedule(entities);
        List<String> faults = new ArrayList<>();
        for (Run run : entities.createQuery("from Run", Run.class).getResultList()) {
            Replay replay = replays.computeIfAbsent(run.key(), Replay::new);
            replays.remove(run.key());
            replay.dueAt = bySchedule.contains(run.id()) && run.state() == RunState.SCHEDULED && !replay.apart
                    ? null
                    : replay.dueAt;
            replay.compare(run);
            replay.compare(leases.remove(run.key()));
            replay.same("ended attempts", replay.ended, attempts.getOrDefault(run.key(), Map.of()));
            faults.addAll(replay.faults);
        }
        replays.keySet().forEach(key -> faults.add(key.runId() + ": has events and no row"));
        leases.keySet().forEach(key -> faults.add(key.runId() + ": has a lease and no row"));
        return faults;
    }

    /** Runs that a cron policy makes ready, and not their own instant. */
    @SuppressWarnings("unchecked") // the query's one column
    private static Set<UUID> bySchedule(EntityManager entities) {
        return Set.copyOf(entities.createNativeQuery("""
                        select f.run_id from leasehold.firing f
                        join leasehold.schedule s on s.tenant_id = f.tenant_id and s.task_id = f.task_id
                        where s.expression is not null
                        """, UUID.class).getResultList());
    }

    private static Map<RunKey, Lease> leases(EntityManager entities) {
        Map<RunKey, Lease> leases = new HashMap<>();
        entities.createQuery("select l.key, l from Lease l", Object[].class)
                .getResultStream()
                .forEach(row -> leases.put((RunKey) row[0], (Lease) row[1]));
        return leases;
    }

    private static Map<RunKey, Map<Integer, UUID>> attempts(EntityManager entities) {
        Map<RunKey, Map<Integer, UUID>> attempts = new HashMap<>();
        entities.createQuery("select a.key.tenantId, a.key.runId, a.key.number, a from AttemptRecord a", Object[].class)
                .getResultStream()
                .forEach(row -> attempts.computeIfAbsent(
                                new RunKey((UUID) row[0], (UUID) row[1]), run -> new TreeMap<>())
                        .put((Integer) row[2], ((AttemptRecord) row[3]).attemptId()));
        return attempts;
    }

    private void apply(RunEvent event) {
        same("version of the next event", version + 1, event.version());
        require("pos goes back at version " + event.version(), event.pos() >= pos);
        require(
                "time goes back at version " + event.version(),
                !event.occurredAt().isBefore(occurredAt));
        require("event type " + event.type() + " is unknown", EVENT_TYPES.contains(event.type()));
        version = event.version();
        pos = event.pos();
        occurredAt = event.occurredAt();
        priority = event.priority() == null ? priority : event.priority();
        scheduledAt = event.scheduledAt() == null ? scheduledAt : event.scheduledAt();
        held = !event.type().equals("run.unheld") && (held || event.type().equals("run.held"));
        event.steps().forEach(step -> take(step, event));
        held &= state == null || !state.terminal();
        require("event without a step is " + event.type(), !event.steps().isEmpty() || standsStill(event));
        waitFor(event);
    }

    private void waitFor(RunEvent event) {
        apart |= event.type().equals("run.moved") && event.dueAt() != null;
        dueAt = state == RunState.SCHEDULED ? scheduledAt : event.dueAt();
    }

    /** Whether it is an event that leaves a run in the state in which it may come. */
    private boolean standsStill(RunEvent event) {
        return switch (event.type()) {
            case "run.held", "run.unheld" ->
                Set.of(RunState.SCHEDULED, RunState.READY, RunState.RETRY_WAIT).contains(state);
            case "wait.opened" -> MOVED_NEVER.stream().noneMatch(never -> never == state);
            case "wait.completed", "signal.received" -> state != null && !state.terminal();
            case "run.priority_changed" -> state == RunState.READY;
            case "run.moved" ->
                event.scheduledAt() == null ? !MOVED_NEVER.contains(state) : state == RunState.SCHEDULED;
            default -> event.type().equals("note.appended");
        };
    }

    private void take(Step step, RunEvent event) {
        same("the state that " + step.text() + " leaves", state, step.from());
        require(step.text() + " is no transition", allowed(step));
        if (step.to() == RunState.LEASED) {
            fence++;
            same("fence of the lease that was granted", fence, event.fence());
        }
        if (step.to() == RunState.RUNNING) {
            started++;
            attempt = event.attemptId();
            require(step.text() + " names no attempt", attempt != null);
            same("number of the attempt that started", started, event.attemptNumber());
        }
        if (step.from() == RunState.RUNNING) {
            finish(step, event);
        }
        if (step.from() == RunState.LEASED && step.to() != RunState.RUNNING) {
            same("fence of the lease that ended", fence, event.fence());
        }
        same("event type of " + step.text(), true, named(event, step));
        state = step.to();
    }

    private void finish(Step step, RunEvent event) {
        same("attempt that ended", attempt, event.attemptId());
        same("fence that was used", fence, event.fence());
        same("number of the attempt that ended", started, event.attemptNumber());
        ended.put(started, Objects.requireNonNullElse(attempt, new UUID(0, 0)));
        suspended += step.to() == RunState.SUSPENDED ? 1 : 0;
        attempt = null;
    }

    private static boolean allowed(Step step) {
        return step.from() == null
                ? Transition.SUBMIT.steps().contains(step)
                : Transition.allows(step.from(), step.to());
    }

    /** Whether the event is named for its last step; earlier steps do not matter. */
    private static boolean named(RunEvent event, Step step) {
        List<Step> steps = event.steps();
        if (!step.equals(steps.get(steps.size() - 1))) {
            return true;
        }
        return switch (step.to()) {
            case SCHEDULED -> event.type().equals("run.submitted");
            case READY -> ready(step).contains(event.type());
            case LEASED -> event.type().equals("run.leased");
            case RUNNING -> event.type().equals("run.started");
            case RETRY_WAIT, FAILED ->
                Set.of("attempt.finished", "lease.expired").contains(event.type());
            case SUSPENDED, COMPLETED -> event.type().equals("attempt.finished");
            case CANCELED -> event.type().equals("run.canceled");
        };
    }

    private static Set<String> ready(Step step) {
        if (step.from() == RunState.LEASED) {
            return Set.of("lease.expired", "lease.released");
        }
        return step.from() == RunState.SUSPENDED ? Set.of("run.resumed", "signal.received") : Set.of("run.promoted");
    }

    private void compare(Run run) {
        same("state", state, run.state());
        same("version", version, run.version());
        same("fence", fence, run.fence());
        same("attempts started", started, run.attemptsStarted());
        same("attempts suspended", suspended, run.attemptsSuspended());
        same("priority", priority, run.priority());
        same("held", held, run.held());
        same("scheduled_at", scheduledAt, run.scheduledAt());
        same("due_at", dueAt, run.dueAt());
    }

    private void compare(@Nullable Lease lease) {
        same("a lease", state == RunState.LEASED || state == RunState.RUNNING, lease != null);
        if (lease != null) {
            same("the lease's fence", fence, lease.fence());
            same("the lease's attempt", attempt, lease.attemptId());
            same("the lease's attempt number", attempt == null ? null : started, lease.attemptNumber());
        }
    }

    private void same(String what, @Nullable Object told, @Nullable Object found) {
        require(what + ": the events tell " + told + ", but there is " + found, Objects.equals(told, found));
    }

    private void require(String fault, boolean holds) {
        if (!holds) {
            faults.add(key.runId() + ": " + fault);
        }
    }
}

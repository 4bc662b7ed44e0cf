package dev.leasehold.schedule;

import dev.leasehold.api.Cron;
import dev.leasehold.api.Repeat;
import dev.leasehold.run.ReadyBell;
import dev.leasehold.run.Recall;
import dev.leasehold.run.RunChanges;
import dev.leasehold.run.RunState;
import dev.leasehold.sql.Change;
import dev.leasehold.sql.FiringStatement;
import dev.leasehold.sql.FiringStatement.Derived;
import dev.leasehold.sql.FiringStatement.Deriving;
import dev.leasehold.sql.FiringStatement.Firing;
import dev.leasehold.sql.FiringStatement.States;
import dev.leasehold.sql.LiveFiring;
import dev.leasehold.sql.LockedRun;
import dev.leasehold.sql.QueueSession;
import dev.leasehold.sql.ScheduleRow;
import dev.leasehold.sql.ScheduleRow.Cursor;
import dev.leasehold.sql.ScheduleStatement;
import dev.leasehold.tenant.Caller;
import dev.leasehold.time.Ids;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Brings schedules up to a moment: the transaction holds their rows, or inserted them. */
@ApplicationScoped
public class Derivation {

    /** How many runs of a repetition stand derived that have not ended. */
    public static final int MOST_OF_REPEAT = 1000;

    /** How many runs one transaction derives before it leaves the other schedules to the next. */
    static final int MOST_TOGETHER = 10_000;

    static final States STATES = new States(RunState.SCHEDULED.word(), RunState.READY.word());

    @Inject
    Ids ids;

    @Inject
    QueueSession session;

    @Inject
    ScheduleStatement schedules;

    @Inject
    FiringStatement firings;

    @Inject
    RunChanges changes;

    @Inject
    ReadyBell bell;

    @Inject
    Recall recall;

    @Inject
    UnreadablePolicies unreadable;

    /**
     * Derives what is due, and decides about what has come.
     *
     * @param caller the tenant, and whom the events name
     * @param now the command's instant
     * @param rows the schedules
     * @param decides whether instants that have come may run now; where a queue is paused they may not
     * @return how many runs each task got
     */
    public Map<UUID, Integer> advance(Caller caller, Instant now, List<ScheduleRow> rows, boolean decides) {
        List<UUID> tasks = rows.stream().map(ScheduleRow::task).toList();
        List<LiveFiring> live = session.work(connection -> firings.live(connection, caller.tenant(), tasks));
        Map<UUID, LockedRun> held = changes.hold(caller, changing(now, rows, live));
        Map<UUID, List<LiveFiring>> byTask =
                live.stream().map(one -> LiveRuns.current(one, held)).collect(Collectors.groupingBy(LiveFiring::task));
        Draft draft = new Draft(held, ids::next);
        for (int i = 0; i < rows.size() && draft.fresh.size() < MOST_TOGETHER; i++) {
            ScheduleRow row = rows.get(i);
            try {
                advance(row, byTask.getOrDefault(row.task(), List.of()), draft, new Moment(now, decides));
            } catch (InvalidCron e) {
                unreadable.note(caller, now, row, e);
            }
        }
        return store(caller, now, draft);
    }

    private record Moment(Instant now, boolean decides) {}

    private static void advance(ScheduleRow row, List<LiveFiring> ofTask, Draft draft, Moment moment) {
        List<LiveFiring> open =
                ofTask.stream().filter(one -> !LiveRuns.hasEnded(one)).toList();
        if (row.cron() != null) {
            plan(row.cron(), row, draft, open, moment);
        } else if (row.repeat() != null) {
            repeat(row.repeat(), row, draft, open.size());
        }
        draft.ended.addAll(ofTask.stream().filter(LiveRuns::hasEnded).toList());
    }

    /** The runs that may be changed: those whose instant has come, and whatever a later one may cancel. */
    private static List<UUID> changing(Instant now, List<ScheduleRow> rows, List<LiveFiring> live) {
        Map<UUID, Cron> policies = new HashMap<>();
        rows.stream().filter(row -> row.cron() != null).forEach(row -> policies.put(row.task(), row.cron()));
        return live.stream()
                .filter(one -> !LiveRuns.hasEnded(one) && policies.containsKey(one.task()))
                .filter(one -> LiveRuns.isScheduled(one)
                        ? !one.at().isAfter(now)
                        : Objects.requireNonNull(policies.get(one.task())).overlap() == Cron.Overlap.CANCEL_PREVIOUS)
                .map(LiveFiring::run)
                .toList();
    }

    private static void plan(Cron cron, ScheduleRow row, Draft draft, List<LiveFiring> open, Moment moment) {
        List<LiveFiring> waiting = open.stream()
                .filter(one -> LiveRuns.isScheduled(one) && !one.apart())
                .toList();
        List<LiveFiring> going =
                open.stream().filter(one -> !LiveRuns.isScheduled(one)).toList();
        Plan plan = new Plan(
                cron,
                new Plan.Stand(moment.now(), waiting, going.size(), row.cursor(), moment.decides() && !row.halted()));
        draft.add(row, plan.items());
        if (plan.cancelsGoing()) {
            going.forEach(draft::cancel);
        }
        draft.cursors.put(row.task(), plan.cursor());
    }

    private static void repeat(Repeat repeat, ScheduleRow row, Draft draft, int open) {
        long instants = row.cursor().instants();
        Instant next = row.cursor().next();
        for (int i = open; i < MOST_OF_REPEAT && next != null; i++) {
            draft.add(row, next);
            instants++;
            next = instants < repeat.count() ? next.plus(repeat.interval()) : null;
        }
        draft.cursors.put(row.task(), new Cursor(instants, next, null, null));
    }

    private Map<UUID, Integer> store(Caller caller, Instant now, Draft draft) {
        changes.store(caller, now, draft.changes);
        recall.onCommit(draft.changes.stream().map(Change::run).toList());
        if (draft.makesReady()) {
            bell.ringOnCommit();
        }
        return session.work(connection -> write(connection, caller, now, draft));
    }

    private Map<UUID, Integer> write(Connection connection, Caller caller, Instant now, Draft draft)
            throws SQLException {
        firings.end(connection, caller.tenant(), draft.ended);
        firings.decide(connection, caller.tenant(), draft.kept, true);
        firings.decide(connection, caller.tenant(), draft.dropped, false);
        List<Derived> runs = firings.insert(connection, caller.tenant(), draft.fresh).stream()
                .map(Firing::run)
                .map(run -> Objects.requireNonNull(draft.derived.get(run)))
                .toList();
        firings.derive(connection, new Deriving(caller.tenant(), caller.subject(), now), runs, STATES);
        for (Map.Entry<UUID, @Nullable Cursor> one : draft.cursors.entrySet()) {
            schedules.advance(connection, caller.tenant(), one.getKey(), Objects.requireNonNull(one.getValue()));
        }
        return runs.stream().collect(Collectors.groupingBy(Derived::task, Collectors.summingInt(run -> 1)));
    }
}

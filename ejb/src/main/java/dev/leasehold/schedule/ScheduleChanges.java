package dev.leasehold.schedule;

import dev.leasehold.audit.AuditTrail;
import dev.leasehold.run.Cancellation;
import dev.leasehold.run.ReadyBell;
import dev.leasehold.run.RunChanges;
import dev.leasehold.run.RunEffects;
import dev.leasehold.sql.Change;
import dev.leasehold.sql.FiringStatement;
import dev.leasehold.sql.FiringStatement.Derived;
import dev.leasehold.sql.FiringStatement.Deriving;
import dev.leasehold.sql.FiringStatement.Firing;
import dev.leasehold.sql.LiveFiring;
import dev.leasehold.sql.LockedRun;
import dev.leasehold.sql.QueueSession;
import dev.leasehold.sql.ScheduleRow;
import dev.leasehold.sql.ScheduleStatement;
import dev.leasehold.tenant.Caller;
import dev.leasehold.time.Ids;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What is done to schedules beside deriving: the transaction holds their tasks' rows, or inserted them. */
@ApplicationScoped
public class ScheduleChanges {

    private static final String RESCHEDULED = "rescheduled";

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
    AuditTrail audit;

    @Inject
    ReadyBell bell;

    @Inject
    UnreadablePolicies unreadable;

    /**
     * A run that no instant asked for.
     *
     * @param ready whether it is ready at once
     */
    public record Extra(
            UUID task,
            Instant now,
            ScheduleRow.Place place,
            boolean ready,
            @Nullable String reason) {}

    /** Stores a run that no instant asked for, and answers its id. */
    public UUID fire(Caller caller, Extra extra) {
        Instant dueAt = extra.ready() ? null : extra.now();
        Derived run =
                new Derived(ids.next(), extra.task(), extra.place(), extra.now(), dueAt, extra.ready(), extra.reason());
        if (extra.ready()) {
            bell.ringOnCommit();
        }
        return session.work(connection -> {
            Deriving deriving = new Deriving(caller.tenant(), caller.subject(), extra.now());
            firings.derive(connection, deriving, List.of(run), Derivation.STATES);
            return run.run();
        });
    }

    /**
     * Stores another policy, cancels the runs that are still Scheduled, and answers how many those were.
     *
     * @param command which the audit names for each of them
     */
    public int replace(Class<?> command, Caller caller, Instant now, ScheduleRow row) {
        List<UUID> tasks = List.of(row.task());
        List<LiveFiring> live = session.work(connection -> firings.live(connection, caller.tenant(), tasks));
        Map<UUID, LockedRun> held = changes.hold(
                caller,
                live.stream().filter(LiveRuns::isScheduled).map(LiveFiring::run).toList());
        List<LiveFiring> waiting = live.stream()
                .map(one -> LiveRuns.current(one, held))
                .filter(one -> held.containsKey(one.run()) && LiveRuns.isScheduled(one))
                .toList();
        List<Change> canceled = waiting.stream()
                .map(one -> Cancellation.of(Objects.requireNonNull(held.get(one.run())), RESCHEDULED))
                .toList();
        changes.store(caller, now, canceled);
        audit.record(
                caller,
                now,
                canceled.stream().map(change -> RunEffects.of(command, change)).toList());
        return session.work(connection -> {
            firings.forget(connection, caller.tenant(), waiting);
            schedules.replace(connection, caller.tenant(), row);
            unreadable.forget(row.task());
            return waiting.size();
        });
    }

    /** Stores schedules that are new, without deriving anything. */
    public void begin(Caller caller, List<ScheduleRow> rows, List<Firing> derived) {
        session.work(connection -> {
            schedules.insert(connection, caller.tenant(), rows);
            return firings.insert(connection, caller.tenant(), derived);
        });
    }
}

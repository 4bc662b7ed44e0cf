package dev.leasehold.wait;

import dev.leasehold.api.Awaited;
import dev.leasehold.audit.AuditTrail;
import dev.leasehold.fault.Fault;
import dev.leasehold.run.InvalidState;
import dev.leasehold.run.Order;
import dev.leasehold.run.Orders;
import dev.leasehold.run.ReadyBell;
import dev.leasehold.run.RunChanges;
import dev.leasehold.run.RunState;
import dev.leasehold.sql.Change;
import dev.leasehold.sql.LockedRun;
import dev.leasehold.sql.QueueSession;
import dev.leasehold.sql.SignalRow;
import dev.leasehold.sql.SignalStatement;
import dev.leasehold.sql.WaitRow;
import dev.leasehold.sql.WaitStatement;
import dev.leasehold.tenant.Caller;
import dev.leasehold.time.Leasehold;
import dev.leasehold.wait.WaitEffects.Effect;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Has runs wait for something that happens elsewhere: one that was to be claimed is not, and one that is suspended goes on,
 * when the last of its waits is over. A wait for a signal that came before it is over at once.
 */
@Stateless
public class OpenWaits {

    private static final Set<RunState> OPEN_TO =
            EnumSet.of(RunState.SCHEDULED, RunState.READY, RunState.RETRY_WAIT, RunState.SUSPENDED);

    /** A run, and what it is to wait for. */
    public record Request(Order order, NewWait wanted) {
        /** What an attempt suspended for. */
        public static Request of(UUID run, UUID attempt, Awaited awaited) {
            return new Request(Order.of(run), NewWait.of(attempt, awaited));
        }
    }

    /**
     * What became of a request.
     *
     * @param row the new wait; null when it was refused
     * @param refusal why
     */
    public record Result(@Nullable WaitRow row, @Nullable Fault refusal) {}

    @Inject
    @Leasehold
    Clock clock;

    @Inject
    QueueSession session;

    @Inject
    WaitStatement statement;

    @Inject
    SignalStatement signals;

    @Inject
    RunChanges changes;

    @Inject
    AuditTrail audit;

    @Inject
    ReadyBell bell;

    /**
     * Opens waits; a refused request leaves the others alone.
     *
     * @param caller the tenant, and whom the events name
     * @param requests which runs, why, and what they are to wait for
     * @return a result for each, in order; {@link InvalidState} where it does not apply, {@link WaitConflict} where the
     *     tenant has a wait of that name
     */
    public List<Result> execute(Caller caller, List<Request> requests) {
        Instant now = clock.instant();
        changes.hold(caller, requests.stream().map(one -> one.order().runId()).toList());
        bell.ringOnCommit();
        return requests.stream().map(one -> open(caller, now, one)).toList();
    }

    private Result open(Caller caller, Instant now, Request request) {
        Order order = request.order();
        LockedRun run = changes.hold(caller, List.of(order.runId())).get(order.runId());
        Fault refusal = Orders.refusal(order, run);
        if (refusal != null || run == null) {
            return new Result(null, refusal);
        }
        RunState state = RunState.of(run.state());
        if (!OPEN_TO.contains(state)) {
            String why = "run " + run.id() + " can only be given a wait while nobody has leased it and it has not ended"
                    + " (current: " + run.state() + ")";
            return new Result(null, new InvalidState(run.id(), state, why));
        }
        WaitRow wait = request.wanted().row(run, order.reason(), now);
        SignalRow signal = waiting(wait);
        Effect effect = signal == null ? opened(run, wait) : over(run, wait, signal, now);
        WaitRow row = effect.row();
        if (!session.work(connection -> statement.open(connection, row, WaitEffects.dueAt(row)))) {
            return new Result(null, WaitConflict.exists(wait.id()));
        }
        changes.store(caller, now, List.of(effect.change()));
        if (signal != null) {
            session.work(connection -> {
                signals.take(connection, signal, row.id());
                return signal;
            });
        }
        audit.record(caller, now, List.of(WaitAudit.opened(row)));
        return new Result(row, null);
    }

    private @Nullable SignalRow waiting(WaitRow wait) {
        String name = wait.name();
        return name == null
                ? null
                : session.work(connection -> signals.next(connection, wait.tenant(), wait.run(), name))
                        .orElse(null);
    }

    private static Effect opened(LockedRun run, WaitRow wait) {
        Change change = Change.to(run, "wait.opened", run.state(), wait.reason())
                .dueAt(run.dueAt())
                .waits(true)
                .data(WaitEffects.data(wait, "opened"));
        return Effect.of(wait, change);
    }

    private Effect over(LockedRun run, WaitRow wait, SignalRow signal, Instant now) {
        List<WaitRow> all = new ArrayList<>(
                session.work(connection -> statement.blocking(connection, wait.tenant(), List.of(run.id()))));
        all.add(wait);
        return WaitEffects.signalled(run, all, wait, signal, now);
    }
}

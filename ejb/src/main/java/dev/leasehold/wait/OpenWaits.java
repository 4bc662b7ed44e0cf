package dev.leasehold.wait;

import dev.leasehold.audit.AuditTrail;
import dev.leasehold.fault.Fault;
import dev.leasehold.run.InvalidState;
import dev.leasehold.run.Order;
import dev.leasehold.run.Orders;
import dev.leasehold.run.RunChanges;
import dev.leasehold.run.RunState;
import dev.leasehold.sql.Change;
import dev.leasehold.sql.LockedRun;
import dev.leasehold.sql.QueueSession;
import dev.leasehold.sql.WaitRow;
import dev.leasehold.sql.WaitStatement;
import dev.leasehold.tenant.Caller;
import dev.leasehold.time.Leasehold;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Has runs wait for something that happens elsewhere: one that was to be claimed is not, and one that is suspended goes on,
 * when the last of its waits is over.
 */
@Stateless
public class OpenWaits {

    private static final Set<RunState> OPEN_TO =
            EnumSet.of(RunState.SCHEDULED, RunState.READY, RunState.RETRY_WAIT, RunState.SUSPENDED);

    /** A run, and what it is to wait for. */
    public record Request(Order order, NewWait wanted) {}

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
    RunChanges changes;

    @Inject
    AuditTrail audit;

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
        if (!session.work(connection -> statement.open(connection, wait, WaitEffects.dueAt(wait)))) {
            return new Result(null, WaitConflict.exists(wait.id()));
        }
        Change change = Change.to(run, "wait.opened", run.state(), order.reason())
                .dueAt(run.dueAt())
                .waits(true)
                .data(WaitEffects.data(wait, "opened"));
        changes.store(caller, now, List.of(change));
        audit.record(caller, now, List.of(WaitAudit.opened(wait)));
        return new Result(wait, null);
    }
}

package dev.leasehold.run;

import dev.leasehold.sql.Change;
import dev.leasehold.sql.LockedRun;
import dev.leasehold.tenant.Caller;
import dev.leasehold.time.Leasehold;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.time.Clock;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** Keeps runs that wait from being claimed, until somebody lets them go: a gate, not a state (http.md 2b). */
@Stateless
public class HoldRuns {

    private static final Set<RunState> WAITING = EnumSet.of(RunState.SCHEDULED, RunState.READY, RunState.RETRY_WAIT);

    @Inject
    @Leasehold
    Clock clock;

    @Inject
    RunChanges changes;

    /**
     * Holds runs; a refused order leaves the others alone.
     *
     * @param caller the tenant, and whom the events name
     * @param orders which runs, and why
     * @return a result for each, in order; {@link InvalidState} where it does not apply
     */
    public List<Orders.Result> execute(Caller caller, List<Order> orders) {
        return changes.decide(
                new RunChanges.Asking(HoldRuns.class, caller, clock.instant()),
                orders,
                Order::runId,
                Orders.rule(order -> order, HoldRuns::hold));
    }

    private static Change hold(Order order, LockedRun run) {
        if (!WAITING.contains(Orders.state(run))) {
            throw Orders.invalid(
                    run, "run " + run.id() + " can only be held while it waits (current: " + run.state() + ")");
        }
        if (run.held()) {
            throw Orders.invalid(run, "run " + run.id() + " is held already");
        }
        return Change.to(run, "run.held", run.state(), order.reason())
                .dueAt(run.dueAt())
                .held(true);
    }
}

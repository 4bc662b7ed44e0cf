package dev.leasehold.run;

import dev.leasehold.sql.Change;
import dev.leasehold.sql.LockedRun;
import dev.leasehold.tenant.Caller;
import dev.leasehold.time.Leasehold;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.time.Clock;
import java.util.List;

/** Changes the effective priority of ready runs; a retry keeps it (decisions 5.2). */
@Stateless
public class PrioritizeRuns {

    /**
     * A run and its new priority.
     *
     * @param order which run, and why
     * @param priority greater runs first
     */
    public record Request(Order order, int priority) {}

    @Inject
    @Leasehold
    Clock clock;

    @Inject
    RunChanges changes;

    @Inject
    ReadyBell bell;

    /**
     * Changes priorities; a refused order leaves the others alone.
     *
     * @param caller the tenant, and whom the events name
     * @param orders which runs, and what for
     * @return a result for each, in order; {@link InvalidState} where it does not apply
     */
    public List<Orders.Result> execute(Caller caller, List<Request> orders) {
        bell.ringOnCommit();
        return changes.decide(
                new RunChanges.Asking(PrioritizeRuns.class, caller, clock.instant()),
                orders,
                request -> request.order().runId(),
                Orders.rule(Request::order, PrioritizeRuns::prioritize));
    }

    private static Change prioritize(Request request, LockedRun run) {
        if (Orders.state(run) != RunState.READY) {
            throw Orders.invalid(
                    run,
                    "run " + run.id() + " priority can only be updated in Ready state (current: " + run.state() + ")");
        }
        return Change.to(
                        run,
                        "run.priority_changed",
                        run.state(),
                        request.order().reason())
                .priority(request.priority());
    }
}

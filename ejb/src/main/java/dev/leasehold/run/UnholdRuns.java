package dev.leasehold.run;

import dev.leasehold.sql.Change;
import dev.leasehold.sql.LockedRun;
import dev.leasehold.tenant.Caller;
import dev.leasehold.time.Leasehold;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.time.Clock;
import java.util.List;

/** Lets held runs go: a ready one may be claimed at once. One that nobody holds passes over what it waits for. */
@Stateless
public class UnholdRuns {

    @Inject
    @Leasehold
    Clock clock;

    @Inject
    RunChanges changes;

    @Inject
    ReadyBell bell;

    /**
     * Lets runs go; a refused order leaves the others alone.
     *
     * @param caller the tenant, and whom the events name
     * @param orders which runs, and why
     * @return a result for each, in order; {@link InvalidState} where it does not apply
     */
    public List<Orders.Result> execute(Caller caller, List<Order> orders) {
        List<Orders.Result> results = changes.decide(
                new RunChanges.Asking(UnholdRuns.class, caller, clock.instant()),
                orders,
                Order::runId,
                Orders.rule(order -> order, UnholdRuns::unhold));
        bell.ringOnCommit();
        return results;
    }

    private static Change unhold(Order order, LockedRun run) {
        boolean passesOver = !run.held() && run.waits() && Orders.state(run) != RunState.SUSPENDED;
        if (!run.held() && !passesOver) {
            throw Orders.invalid(run, "run " + run.id() + " is not held");
        }
        return Change.to(run, "run.unheld", run.state(), order.reason())
                .dueAt(run.dueAt())
                .held(false)
                .waits(run.waits() && !passesOver);
    }
}

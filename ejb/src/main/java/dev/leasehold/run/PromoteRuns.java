package dev.leasehold.run;

import dev.leasehold.sql.Change;
import dev.leasehold.sql.LockedRun;
import dev.leasehold.tenant.Caller;
import dev.leasehold.time.Leasehold;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.time.Clock;
import java.util.List;

/** Makes runs ready now that wait for their instant or for a retry, whatever that instant is (http.md 2b). */
@Stateless
public class PromoteRuns {

    @Inject
    @Leasehold
    Clock clock;

    @Inject
    RunChanges changes;

    @Inject
    ReadyBell bell;

    /**
     * Promotes runs; a refused order leaves the others alone. A run that is held stays held.
     *
     * @param caller the tenant, and whom the events name
     * @param orders which runs, and why
     * @return a result for each, in order; {@link InvalidState} where it does not apply
     */
    public List<Orders.Result> execute(Caller caller, List<Order> orders) {
        List<Orders.Result> results = changes.decide(
                new RunChanges.Asking(PromoteRuns.class, caller, clock.instant()),
                orders,
                Order::runId,
                Orders.rule(order -> order, PromoteRuns::promote));
        bell.ringOnCommit();
        return results;
    }

    private static Change promote(Order order, LockedRun run) {
        RunState state = Orders.state(run);
        if (!Transition.PROMOTE.sources().contains(state)) {
            throw Orders.invalid(
                    run,
                    "run " + run.id() + " can only be run now while it is Scheduled or RetryWait (current: "
                            + run.state() + ")");
        }
        return Change.to(run, "run.promoted", Transition.PROMOTE.target().word(), order.reason())
                .priority(state == RunState.SCHEDULED ? run.place().taskPriority() : run.priority());
    }
}

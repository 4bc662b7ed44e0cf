package dev.leasehold.run;

import dev.leasehold.sql.Change;
import dev.leasehold.sql.LockedRun;
import dev.leasehold.tenant.Caller;
import dev.leasehold.time.Leasehold;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.time.Clock;
import java.util.List;

/** Lets suspended runs go on: they are ready at once, whatever pause they had asked for, and whatever they wait for. */
@Stateless
public class ResumeRuns {

    @Inject
    @Leasehold
    Clock clock;

    @Inject
    RunChanges changes;

    @Inject
    ReadyBell bell;

    /**
     * Resumes runs; a refused order leaves the others alone.
     *
     * @param caller the tenant, and whom the events name
     * @param orders which runs, and why
     * @return a result for each, in order; {@link InvalidState} where it does not apply
     */
    public List<Orders.Result> execute(Caller caller, List<Order> orders) {
        List<Orders.Result> results = changes.decide(
                new RunChanges.Asking(ResumeRuns.class, caller, clock.instant()),
                orders,
                Order::runId,
                Orders.rule(order -> order, ResumeRuns::resume));
        bell.ringOnCommit();
        return results;
    }

    private static Change resume(Order order, LockedRun run) {
        if (!Transition.RESUME.sources().contains(Orders.state(run))) {
            throw Orders.invalid(
                    run,
                    "run-resume rejected for run " + run.id() + ": run must be Suspended, observed " + run.state());
        }
        return Change.to(run, "run.resumed", Transition.RESUME.target().word(), order.reason())
                .waits(false);
    }
}

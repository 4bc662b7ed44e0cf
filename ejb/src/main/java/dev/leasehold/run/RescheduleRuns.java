package dev.leasehold.run;

import dev.leasehold.sql.Change;
import dev.leasehold.sql.LockedRun;
import dev.leasehold.tenant.Caller;
import dev.leasehold.time.Leasehold;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Instant;
import java.util.List;

/** Plans scheduled runs for another instant; one that has passed makes them ready at the next look (http.md 2b). */
@Stateless
public class RescheduleRuns {

    /**
     * A run and its new instant.
     *
     * @param order which run, and why
     * @param scheduledAt when it is to become ready, in the years 1970 to 9999
     */
    public record Request(Order order, Instant scheduledAt) {}

    @Inject
    @Leasehold
    Clock clock;

    @Inject
    RunChanges changes;

    /**
     * Reschedules runs; a refused request leaves the others alone.
     *
     * @param caller the tenant, and whom the events name
     * @param requests which runs, and to when
     * @return a result for each, in order; {@link InvalidState} where it does not apply
     */
    public List<Orders.Result> execute(Caller caller, List<Request> requests) {
        return changes.decide(
                new RunChanges.Asking(RescheduleRuns.class, caller, clock.instant()),
                requests,
                request -> request.order().runId(),
                Orders.rule(Request::order, RescheduleRuns::reschedule));
    }

    private static Change reschedule(Request request, LockedRun run) {
        if (Orders.state(run) != RunState.SCHEDULED) {
            throw Orders.invalid(
                    run,
                    "run " + run.id() + " can only be rescheduled while it is Scheduled (current: " + run.state()
                            + ")");
        }
        return Change.to(run, "run.moved", run.state(), request.order().reason())
                .dueAt(request.scheduledAt())
                .place(run.place().scheduledAt(request.scheduledAt()));
    }
}

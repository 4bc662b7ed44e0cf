package dev.leasehold.run;

import dev.leasehold.fault.Fault;
import dev.leasehold.run.RunChanges.Decision;
import dev.leasehold.sql.LockedRun;
import dev.leasehold.tenant.Caller;
import dev.leasehold.time.Leasehold;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Calls runs off. A lease ends with its run, an open attempt is closed without a result, and the worker learns of it at
 * once on this node, elsewhere when it next asks (decisions 6).
 */
@Stateless
public class CancelRuns {

    /** What became of a run. */
    public enum Status {
        /** It is called off. */
        CANCELED,
        /** It was before. */
        ALREADY_CANCELED,
        /** It had ended otherwise. */
        ALREADY_TERMINAL
    }

    /**
     * What became of an order.
     *
     * @param status which of the three; null when refused
     * @param refusal why nothing was looked at
     */
    public record Result(@Nullable Status status, @Nullable Fault refusal) {}

    @Inject
    @Leasehold
    Clock clock;

    @Inject
    RunChanges changes;

    @Inject
    Recall recall;

    /**
     * Cancels runs; a refused order leaves the others alone.
     *
     * @param caller the tenant, and whom the events name
     * @param orders which runs, and why
     * @return a result for each, in order
     */
    public List<Result> execute(Caller caller, List<Order> orders) {
        Instant now = clock.instant();
        List<LockedRun> canceled = new ArrayList<>();
        List<Result> results = changes.decide(
                new RunChanges.Asking(CancelRuns.class, caller, now), orders, Order::runId, (order, run) -> {
                    Decision<Result> decision = cancel(order, run);
                    if (decision.change() != null) {
                        canceled.add(decision.change().run());
                    }
                    return decision;
                });
        recall.onCommit(canceled);
        return results;
    }

    private static Decision<Result> cancel(Order order, @Nullable LockedRun run) {
        Fault refusal = Orders.refusal(order, run);
        if (refusal != null || run == null) {
            return Decision.unchanged(new Result(null, refusal));
        }
        RunState state = Orders.state(run);
        if (state.terminal()) {
            return Decision.unchanged(
                    new Result(state == RunState.CANCELED ? Status.ALREADY_CANCELED : Status.ALREADY_TERMINAL, null));
        }
        return new Decision<>(new Result(Status.CANCELED, null), Cancellation.of(run, order.reason()));
    }
}

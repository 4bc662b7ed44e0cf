package dev.leasehold.run;

import dev.leasehold.fault.Fault;
import dev.leasehold.run.RunChanges.Decision;
import dev.leasehold.run.RunChanges.Rule;
import dev.leasehold.sql.Change;
import dev.leasehold.sql.LockedRun;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What every order has in common: its run must be there, and be as its asker saw it. */
public final class Orders {

    /**
     * What became of an order.
     *
     * @param refusal why nothing was changed; null when it was carried out
     */
    public record Result(@Nullable Fault refusal) {}

    private static final Result DONE = new Result(null);

    private Orders() {}

    /** Why an order cannot even be considered; null when it can. */
    public static @Nullable Fault refusal(Order order, @Nullable LockedRun run) {
        if (run == null) {
            return new RunNotFound(order.runId());
        }
        Integer expected = order.version();
        return expected == null || expected == run.tip().version()
                ? null
                : new SequenceConflict(run.id(), expected, run.tip().version());
    }

    /** A rule that changes a run which is as expected, unless the decision is a refusal. */
    static <R> Rule<R, Result> rule(Function<R, Order> order, RuleOfOne<R> rule) {
        return (request, run) -> {
            Fault refusal = refusal(order.apply(request), run);
            if (refusal != null || run == null) {
                return Decision.unchanged(new Result(refusal));
            }
            try {
                return new Decision<>(DONE, rule.change(request, run));
            } catch (Fault fault) {
                return Decision.unchanged(new Result(fault));
            }
        };
    }

    /** What an order does to its run. */
    @FunctionalInterface
    interface RuleOfOne<R> {
        /**
         * The change.
         *
         * @throws Fault when it does not apply
         */
        Change change(R request, LockedRun run);
    }

    static RunState state(LockedRun run) {
        return RunState.of(run.state());
    }

    static InvalidState invalid(LockedRun run, String message) {
        return new InvalidState(run.id(), state(run), message);
    }

    static UUID id(Order order) {
        return order.runId();
    }
}

package dev.leasehold.run;

import dev.leasehold.audit.AuditTrail;
import dev.leasehold.audit.Effect;
import dev.leasehold.audit.Effect.Cause;
import dev.leasehold.audit.EffectType;
import dev.leasehold.fault.Fault;
import dev.leasehold.tenant.Caller;
import dev.leasehold.time.Leasehold;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Has done again what runs did that have ended: each gets a new run of its task, in the queue that it stood in, planned
 * for now. The run itself stays as it ended (decisions 6).
 */
@Stateless
public class RerunRuns {

    /**
     * What became of an order.
     *
     * @param rerun the new run; null when refused
     * @param refusal why there is none: the run has not ended, its task was called off, or its re-run has not ended
     */
    public record Result(@Nullable UUID rerun, @Nullable Fault refusal) {}

    @Inject
    @Leasehold
    Clock clock;

    @Inject
    Reruns reruns;

    @Inject
    AuditTrail audit;

    /**
     * Appends re-runs; a refused order leaves the others alone.
     *
     * @param caller the tenant, and whom the events name
     * @param orders of a run that is named twice the second is answered as if it came later
     * @return a result for each, in order
     */
    public List<Result> execute(Caller caller, List<Order> orders) {
        Instant now = clock.instant();
        List<UUID> runs = orders.stream().map(Order::runId).toList();
        Set<UUID> canceled = reruns.hold(caller, reruns.tasks(caller, runs));
        List<Result> results = reruns.append(caller, now, orders, canceled);
        record(caller, now, orders, results);
        return results;
    }

    private void record(Caller caller, Instant now, List<Order> orders, List<Result> results) {
        audit.record(
                caller,
                now,
                IntStream.range(0, orders.size())
                        .boxed()
                        .flatMap(place -> effect(orders.get(place), results.get(place)))
                        .toList());
    }

    private static Stream<Effect> effect(Order order, Result result) {
        if (result.rerun() == null) {
            return Stream.empty();
        }
        String rerun = result.rerun().toString();
        Map<String, String> after =
                Map.of("run_id", rerun, "rerun_of", order.runId().toString());
        Cause cause = Cause.of(RerunRuns.class, order.reason());
        return Stream.of(Effect.of(EffectType.RUN_RERUN, cause, null, after)
                .run(order.runId())
                .with("rerun", rerun));
    }
}

package dev.leasehold.run;

import dev.leasehold.audit.AuditTrail;
import dev.leasehold.audit.Effect;
import dev.leasehold.audit.Effect.Cause;
import dev.leasehold.audit.EffectType;
import dev.leasehold.fault.Fault;
import dev.leasehold.settings.Settings;
import dev.leasehold.sql.ChangeStatement;
import dev.leasehold.sql.LockedRun;
import dev.leasehold.sql.QueueSession;
import dev.leasehold.sql.RerunStatement;
import dev.leasehold.sql.Rounds;
import dev.leasehold.tenant.Caller;
import dev.leasehold.time.Ids;
import dev.leasehold.time.Leasehold;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
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

    /** What is known of the runs of one round while they are held. */
    private record Held(Map<UUID, LockedRun> runs, Set<UUID> canceledTasks, Map<UUID, UUID> reruns) {}

    @Inject
    @Leasehold
    Clock clock;

    @Inject
    Ids ids;

    @Inject
    Settings settings;

    @Inject
    QueueSession session;

    @Inject
    ChangeStatement changes;

    @Inject
    RerunStatement statement;

    @Inject
    ReadyBell bell;

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
        RerunStatement.Rerunning rerunning =
                new RerunStatement.Rerunning(clock.instant(), caller.subject(), settings.dutiesByTimer());
        Set<UUID> canceledTasks = holdTasks(caller, orders);
        Map<Integer, Result> results = new HashMap<>();
        List<Integer> places = IntStream.range(0, orders.size()).boxed().toList();
        for (List<Integer> round : Rounds.of(places, place -> orders.get(place).runId())) {
            Held held = hold(
                    caller,
                    round.stream().map(place -> orders.get(place).runId()).toList(),
                    canceledTasks);
            List<RerunStatement.RerunRow> rows = new ArrayList<>();
            round.forEach(place -> results.put(place, decide(orders.get(place), held, rows)));
            session.work(connection -> {
                statement.append(connection, rerunning, rows);
                return rows;
            });
        }
        if (rerunning.due()) {
            bell.ringOnCommit();
        }
        List<Result> all = places.stream()
                .map(place -> Objects.requireNonNull(results.get(place)))
                .toList();
        record(caller, rerunning.now(), orders, all);
        return all;
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

    /** Tasks are held before runs, as those do who call tasks off. */
    private Set<UUID> holdTasks(Caller caller, List<Order> orders) {
        List<UUID> runs = orders.stream().map(Order::runId).toList();
        Set<UUID> tasks = session.work(connection -> changes.read(connection, caller.tenant(), runs)).stream()
                .map(run -> run.place().task())
                .collect(Collectors.toSet());
        return session.work(connection -> statement.canceled(connection, caller.tenant(), tasks));
    }

    private Held hold(Caller caller, List<UUID> runs, Set<UUID> canceledTasks) {
        Map<UUID, LockedRun> held = session.work(connection -> changes.lock(connection, caller.tenant(), runs)).stream()
                .collect(Collectors.toMap(LockedRun::id, run -> run));
        List<String> terminal =
                RunState.endStates().stream().map(RunState::word).toList();
        return new Held(
                held,
                canceledTasks,
                session.work(connection -> statement.open(connection, caller.tenant(), runs, terminal)));
    }

    private Result decide(Order order, Held held, List<RerunStatement.RerunRow> rows) {
        LockedRun run = held.runs().get(order.runId());
        Fault refusal = Orders.refusal(order, run);
        if (refusal == null && run != null) {
            refusal = refusal(run, held);
        }
        if (refusal != null || run == null) {
            return new Result(null, refusal);
        }
        UUID rerun = ids.next();
        rows.add(new RerunStatement.RerunRow(rerun, run, order.reason()));
        return new Result(rerun, null);
    }

    private static @Nullable Fault refusal(LockedRun run, Held held) {
        if (!Orders.state(run).terminal()) {
            return Orders.invalid(
                    run, "run " + run.id() + " can only be rerun when it has ended (current: " + run.state() + ")");
        }
        if (held.canceledTasks().contains(run.place().task())) {
            return new CanceledTask(run.id(), run.place().task());
        }
        UUID rerun = held.reruns().get(run.id());
        return rerun == null ? null : new AlreadyRerun(run.id(), rerun);
    }
}

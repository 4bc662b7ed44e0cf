package dev.leasehold.run;

import dev.leasehold.fault.Fault;
import dev.leasehold.run.RerunRuns.Result;
import dev.leasehold.settings.Settings;
import dev.leasehold.sql.ChangeStatement;
import dev.leasehold.sql.LockedRun;
import dev.leasehold.sql.QueueSession;
import dev.leasehold.sql.RerunStatement;
import dev.leasehold.sql.Rounds;
import dev.leasehold.tenant.Caller;
import dev.leasehold.time.Ids;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Appends re-runs of runs that have ended. Whoever does holds their tasks first: of several at once one comes after the other. */
@ApplicationScoped
public class Reruns {

    /** What is known of the runs of one round while they are held. */
    private record Held(Map<UUID, LockedRun> runs, Set<UUID> canceledTasks, Map<UUID, UUID> reruns) {}

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

    /** The tasks of those of the runs that exist. */
    Set<UUID> tasks(Caller caller, Collection<UUID> runs) {
        return session.work(connection -> changes.read(connection, caller.tenant(), runs)).stream()
                .map(run -> run.place().task())
                .collect(Collectors.toSet());
    }

    /** Holds tasks, before any run is held as those do who call tasks off, and answers which of them are called off. */
    Set<UUID> hold(Caller caller, Collection<UUID> tasks) {
        return session.work(connection -> statement.canceled(connection, caller.tenant(), tasks));
    }

    /**
     * Appends re-runs of runs whose tasks are held; a refused order leaves the others alone.
     *
     * @param canceledTasks which of the tasks are called off
     */
    List<Result> append(Caller caller, Instant now, List<Order> orders, Set<UUID> canceledTasks) {
        RerunStatement.Rerunning rerunning =
                new RerunStatement.Rerunning(now, caller.subject(), settings.dutiesByTimer());
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
        return places.stream()
                .map(place -> Objects.requireNonNull(results.get(place)))
                .toList();
    }

    private Held hold(Caller caller, List<UUID> runs, Set<UUID> canceledTasks) {
        Map<UUID, LockedRun> held = session.work(connection -> changes.lock(connection, caller.tenant(), runs)).stream()
                .collect(Collectors.toMap(LockedRun::id, run -> run));
        return new Held(
                held,
                canceledTasks,
                session.work(connection -> statement.open(connection, caller.tenant(), runs, RunState.endWords())));
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

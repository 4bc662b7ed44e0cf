package dev.leasehold.run;

import dev.leasehold.fault.Fault;
import dev.leasehold.sql.Change;
import dev.leasehold.sql.ChangeStatement;
import dev.leasehold.sql.LaneStatement;
import dev.leasehold.sql.LockedRun;
import dev.leasehold.sql.QueueSession;
import dev.leasehold.tenant.Caller;
import dev.leasehold.time.Leasehold;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.time.Clock;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Puts runs that nobody has leased into another queue; their task keeps its own (http.md 2b). */
@Stateless
public class MoveRuns {

    /**
     * A run and its new queue.
     *
     * @param order which run, and why
     * @param queue 1 to 128 of letters, digits and {@code . _ - :}
     */
    public record Request(Order order, String queue) {}

    private static final Set<RunState> MOVABLE =
            EnumSet.of(RunState.SCHEDULED, RunState.READY, RunState.RETRY_WAIT, RunState.SUSPENDED);

    @Inject
    @Leasehold
    Clock clock;

    @Inject
    QueueSession session;

    @Inject
    ChangeStatement runs;

    @Inject
    LaneStatement lanes;

    @Inject
    RunChanges changes;

    @Inject
    ReadyBell bell;

    /**
     * Moves runs; a refused request leaves the others alone.
     *
     * @param caller the tenant, and whom the events name
     * @param requests which runs, and where to
     * @return a result for each, in order; {@link InvalidState} where it does not apply
     */
    public List<Orders.Result> execute(Caller caller, List<Request> requests) {
        Map<UUID, LockedRun> seen = read(caller, requests);
        Map<LaneStatement.Lane, Long> numbers = open(caller, requests, seen);
        List<Orders.Result> results = changes.decide(
                new RunChanges.Asking(MoveRuns.class, caller, clock.instant()),
                requests,
                request -> request.order().runId(),
                Orders.rule(
                        Request::order,
                        (request, run) -> move(request, run, number(request, seen.get(run.id()), numbers))));
        bell.ringOnCommit();
        return results;
    }

    private Map<UUID, LockedRun> read(Caller caller, List<Request> requests) {
        List<UUID> ids =
                requests.stream().map(request -> request.order().runId()).toList();
        return session.work(connection -> runs.read(connection, caller.tenant(), ids)).stream()
                .collect(Collectors.toMap(LockedRun::id, run -> run));
    }

    /** Lanes are opened before runs are held, as submissions do, and none for a run that cannot be moved. */
    private Map<LaneStatement.Lane, Long> open(Caller caller, List<Request> requests, Map<UUID, LockedRun> seen) {
        Set<LaneStatement.Lane> wanted = new HashSet<>();
        for (Request request : requests) {
            LockedRun run = seen.get(request.order().runId());
            if (run != null && MOVABLE.contains(Orders.state(run))) {
                wanted.add(lane(request, run));
            }
        }
        return wanted.isEmpty()
                ? Map.of()
                : session.work(connection -> lanes.open(connection, caller.tenant(), wanted));
    }

    /** The number of the lane; a run that could not be moved when it was asked for is refused as it was then. */
    private static long number(Request request, @Nullable LockedRun seen, Map<LaneStatement.Lane, Long> numbers) {
        if (seen == null) {
            throw new RunNotFound(request.order().runId());
        }
        Long number = numbers.get(lane(request, seen));
        if (number == null) {
            throw refusal(seen);
        }
        return number;
    }

    private static Change move(Request request, LockedRun run, long lane) {
        if (!MOVABLE.contains(Orders.state(run))) {
            throw refusal(run);
        }
        if (lane == run.place().lane()) {
            throw Orders.invalid(run, "run " + run.id() + " is in queue " + request.queue() + " already");
        }
        return Change.to(run, "run.moved", run.state(), request.order().reason())
                .dueAt(run.dueAt())
                .place(run.place().lane(lane))
                .data("{\"queue\":\"" + request.queue() + "\"}");
    }

    private static LaneStatement.Lane lane(Request request, LockedRun run) {
        return new LaneStatement.Lane(
                request.queue(), run.place().type(), run.place().capabilities());
    }

    private static Fault refusal(LockedRun run) {
        return Orders.invalid(
                run,
                "run " + run.id() + " can only be moved while nobody has leased it and it has not ended (current: "
                        + run.state() + ")");
    }
}

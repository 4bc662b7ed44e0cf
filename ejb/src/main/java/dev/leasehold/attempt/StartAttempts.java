package dev.leasehold.attempt;

import dev.leasehold.fault.Fault;
import dev.leasehold.lease.AttemptInProgress;
import dev.leasehold.lease.HeldLease;
import dev.leasehold.lease.LostLeases;
import dev.leasehold.metric.Command;
import dev.leasehold.metric.Meter;
import dev.leasehold.settings.Settings;
import dev.leasehold.sql.ChangeStatement;
import dev.leasehold.sql.LockedRun;
import dev.leasehold.sql.QueueSession;
import dev.leasehold.sql.Rounds;
import dev.leasehold.sql.StartStatement;
import dev.leasehold.sql.StartStatement.StartRow;
import dev.leasehold.tenant.Caller;
import dev.leasehold.time.Ids;
import dev.leasehold.time.Leasehold;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Starts attempts of leased runs. An attempt is recorded before its handler sees it (decisions 10.3), and only under
 * the lease's own fence and owner.
 */
@Stateless
public class StartAttempts {

    /**
     * What became of a request: an attempt with its number, or a refusal.
     *
     * @param attemptId the attempt that started
     * @param number its number, from 1
     * @param deadline when it must have ended
     * @param refusal why none did
     */
    public record Result(
            @Nullable UUID attemptId,
            int number,
            @Nullable Instant deadline,
            @Nullable Fault refusal) {}

    @Inject
    @Leasehold
    Clock clock;

    @Inject
    Ids ids;

    @Inject
    QueueSession session;

    @Inject
    StartStatement statement;

    @Inject
    Settings settings;

    @Inject
    ChangeStatement runs;

    @Inject
    LostLeases lost;

    @Inject
    Meter meter;

    /**
     * Starts what can be started; a refused item leaves the others alone.
     *
     * @param caller the tenant, and whom the events name
     * @param leases of the runs to begin; of a run that is named twice the second is answered as if it came later
     * @return a result for each, in order
     */
    public List<Result> execute(Caller caller, List<HeldLease> leases) {
        meter.times(Command.START);
        Instant now = clock.instant();
        Map<Integer, Result> results = new HashMap<>();
        List<Integer> places = IntStream.range(0, leases.size()).boxed().toList();
        for (List<Integer> round : Rounds.of(places, place -> leases.get(place).runId())) {
            List<HeldLease> distinct = round.stream().map(leases::get).toList();
            List<Result> started = start(caller, now, distinct);
            IntStream.range(0, distinct.size()).forEach(i -> results.put(round.get(i), started.get(i)));
        }
        return places.stream()
                .map(place -> Objects.requireNonNull(results.get(place)))
                .toList();
    }

    private List<Result> start(Caller caller, Instant now, List<HeldLease> leases) {
        List<StartRow> rows = leases.stream()
                .map(lease -> new StartRow(lease.runId(), lease.owner(), lease.fence(), ids.next()))
                .toList();
        StartStatement.Start start =
                new StartStatement.Start(caller.tenant(), now, caller.subject(), settings.timeoutGrace(), rows);
        Map<UUID, StartStatement.Started> started = session.work(connection -> statement.start(connection, start));
        meter.started(started.size());
        List<UUID> others = leases.stream()
                .map(HeldLease::runId)
                .filter(run -> !started.containsKey(run))
                .toList();
        Function<HeldLease, Fault> refusal = refusals(caller, others);
        return IntStream.range(0, rows.size())
                .mapToObj(i -> {
                    StartStatement.Started one = started.get(rows.get(i).runId());
                    return one == null
                            ? new Result(null, 0, null, refusal.apply(leases.get(i)))
                            : new Result(rows.get(i).attemptId(), one.number(), one.deadline(), null);
                })
                .toList();
    }

    private Function<HeldLease, Fault> refusals(Caller caller, List<UUID> others) {
        Map<UUID, LockedRun> found = new HashMap<>();
        session.work(connection -> runs.read(connection, caller.tenant(), others))
                .forEach(run -> found.put(run.id(), run));
        LostLeases.Ends ends = lost.ends(caller, others);
        return lease -> refusal(lease, found.get(lease.runId()), ends);
    }

    private static Fault refusal(HeldLease lease, @Nullable LockedRun run, LostLeases.Ends ends) {
        boolean own = run != null && run.isLeasedTo(lease.owner(), lease.fence());
        LockedRun.Held held = own && run != null ? run.lease() : null;
        LockedRun.Open open = held == null ? null : held.attempt();
        return open == null ? ends.refusal(lease, run) : new AttemptInProgress(lease.runId(), open.id(), open.number());
    }
}

package dev.leasehold.lease;

import dev.leasehold.fault.Fault;
import dev.leasehold.run.RunChanges;
import dev.leasehold.settings.Settings;
import dev.leasehold.sql.LeaseStatement;
import dev.leasehold.sql.LeaseStatement.Renewal;
import dev.leasehold.sql.LockedRun;
import dev.leasehold.sql.QueueSession;
import dev.leasehold.tenant.Caller;
import dev.leasehold.time.Leasehold;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Keeps leases going for workers that are not ours. Whoever names the current fence is heard, however late, until
 * somebody has acted on the expiry (decisions 6). It writes no event.
 */
@Stateless
public class RenewLeases {

    /**
     * A lease to keep.
     *
     * @param lease the lease
     * @param length for how long from now; an end that is further away already stays
     */
    public record Request(HeldLease lease, Duration length) {}

    /**
     * What became of a lease.
     *
     * @param expiry when it ends unless it is kept again: never after its attempt's deadline and grace; null when lost
     * @param cancelReason why the worker should stop, although it may still report; null when it need not
     * @param refusal why it is lost
     */
    public record Result(
            @Nullable Instant expiry,
            @Nullable String cancelReason,
            @Nullable Fault refusal) {}

    private static final String DEADLINE = "deadline";

    @Inject
    @Leasehold
    Clock clock;

    @Inject
    Settings settings;

    @Inject
    RunChanges changes;

    @Inject
    LostLeases lost;

    @Inject
    QueueSession session;

    @Inject
    LeaseStatement statement;

    /**
     * Keeps leases; a lost one leaves the others alone.
     *
     * @param caller the tenant
     * @param requests of a lease that is named twice the later end counts
     * @return a result for each, in order
     */
    public List<Result> execute(Caller caller, List<Request> requests) {
        Instant now = clock.instant();
        List<UUID> runs = requests.stream().map(one -> one.lease().runId()).toList();
        Map<UUID, LockedRun> held = changes.hold(caller, runs);
        LostLeases.Ends ends = lost.ends(caller, lostRuns(requests, held));
        Map<UUID, Renewal> renewals = new LinkedHashMap<>();
        List<Result> results = requests.stream()
                .map(request -> renew(request, held.get(request.lease().runId()), now, ends, renewals))
                .toList();
        session.work(connection -> {
            statement.renew(connection, caller.tenant(), now, List.copyOf(renewals.values()));
            return renewals;
        });
        return results;
    }

    private static List<UUID> lostRuns(List<Request> requests, Map<UUID, LockedRun> held) {
        return requests.stream()
                .map(Request::lease)
                .filter(lease -> !lease.isHeld(held.get(lease.runId())))
                .map(HeldLease::runId)
                .toList();
    }

    private Result renew(
            Request request, @Nullable LockedRun run, Instant now, LostLeases.Ends ends, Map<UUID, Renewal> renewals) {
        HeldLease lease = request.lease();
        if (run == null || run.lease() == null || !lease.isHeld(run)) {
            return new Result(null, null, ends.refusal(lease, run));
        }
        Renewal before = renewals.get(run.id());
        Instant expiry = expiry(run.lease(), before == null ? null : before.expiry(), now.plus(request.length()));
        renewals.put(run.id(), new Renewal(run.id(), lease.fence(), expiry));
        Instant deadline = run.lease().deadline();
        return new Result(expiry, deadline == null || now.isBefore(deadline) ? null : DEADLINE, null);
    }

    private Instant expiry(LockedRun.Held lease, @Nullable Instant before, Instant wanted) {
        Instant current = before == null ? lease.expiry() : before;
        Instant later = wanted.isBefore(current) ? current : wanted;
        Instant latest = lease.deadline() == null ? later : lease.deadline().plus(settings.timeoutGrace());
        return later.isBefore(latest) ? later : latest;
    }
}

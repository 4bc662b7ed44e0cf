package dev.leasehold.lease;

import dev.leasehold.fault.Fault;
import dev.leasehold.lease.LeaseLost.Reason;
import dev.leasehold.metric.Meter;
import dev.leasehold.run.RunNotFound;
import dev.leasehold.sql.LeaseStatement;
import dev.leasehold.sql.LeaseStatement.LeaseEvent;
import dev.leasehold.sql.LockedRun;
import dev.leasehold.sql.QueueSession;
import dev.leasehold.tenant.Caller;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Tells workers what became of leases that they still name. */
@ApplicationScoped
public class LostLeases {

    private static final Map<String, Reason> REASONS = Map.of(
            "run.canceled", Reason.CANCELED,
            "lease.expired", Reason.EXPIRED,
            "lease.released", Reason.RELEASED,
            "attempt.finished", Reason.FINISHED);

    private record Key(UUID run, long fence) {}

    @Inject
    QueueSession session;

    @Inject
    LeaseStatement statement;

    @Inject
    Meter meter;

    /** How each lease of those runs ended; asks once for all of them. */
    public Ends ends(Caller caller, Collection<UUID> runs) {
        Map<Key, String> last = new HashMap<>();
        List<LeaseEvent> events = runs.isEmpty()
                ? List.of()
                : session.work(connection -> statement.events(connection, caller.tenant(), runs));
        events.forEach(event -> last.put(new Key(event.runId(), event.fence()), event.type()));
        return (lease, run) -> refusal(lease, run, last.get(new Key(lease.runId(), lease.fence())));
    }

    /** How leases ended. */
    @FunctionalInterface
    public interface Ends {
        /** The refusal that a worker deserves who names a lease that it does not lease. */
        Fault refusal(HeldLease lease, @Nullable LockedRun run);
    }

    private Fault refusal(HeldLease lease, @Nullable LockedRun run, @Nullable String event) {
        if (run == null) {
            return new RunNotFound(lease.runId());
        }
        Reason reason = event == null ? null : REASONS.get(event);
        Reason known = reason == null ? Reason.NOT_YOURS : reason;
        meter.leaseLost(known);
        return new LeaseLost(lease.runId(), lease.fence(), known);
    }
}

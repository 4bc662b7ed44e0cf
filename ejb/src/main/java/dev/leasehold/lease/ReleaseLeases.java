package dev.leasehold.lease;

import dev.leasehold.fault.Fault;
import dev.leasehold.run.ReadyBell;
import dev.leasehold.run.RunChanges;
import dev.leasehold.run.RunChanges.Decision;
import dev.leasehold.run.Transition;
import dev.leasehold.sql.Change;
import dev.leasehold.sql.LockedRun;
import dev.leasehold.tenant.Caller;
import dev.leasehold.time.Leasehold;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Gives runs back that no attempt was started of: they are ready again, and no attempt was used (AQ 5). */
@Stateless
public class ReleaseLeases {

    /**
     * What became of a lease.
     *
     * @param refusal why it was not given back; null when it was
     */
    public record Result(@Nullable Fault refusal) {}

    @Inject
    @Leasehold
    Clock clock;

    @Inject
    RunChanges changes;

    @Inject
    LostLeases lost;

    @Inject
    ReadyBell bell;

    /**
     * Gives leases back; a refused one leaves the others alone.
     *
     * @param caller the tenant, and whom the events name
     * @param leases the leases
     * @return a result for each, in order
     */
    public List<Result> execute(Caller caller, List<HeldLease> leases) {
        List<UUID> runs = leases.stream().map(HeldLease::runId).toList();
        Map<UUID, LockedRun> held = changes.hold(caller, runs);
        LostLeases.Ends ends = lost.ends(caller, lost(leases, held));
        List<Result> results = changes.decide(
                caller, clock.instant(), leases, HeldLease::runId, (lease, run) -> release(lease, run, ends));
        bell.ringOnCommit();
        return results;
    }

    private static List<UUID> lost(List<HeldLease> leases, Map<UUID, LockedRun> held) {
        return leases.stream()
                .filter(lease -> !lease.isHeld(held.get(lease.runId())))
                .map(HeldLease::runId)
                .toList();
    }

    private static Decision<Result> release(HeldLease lease, @Nullable LockedRun run, LostLeases.Ends ends) {
        if (run == null || run.lease() == null || !lease.isHeld(run)) {
            return Decision.unchanged(new Result(ends.refusal(lease, run)));
        }
        LockedRun.Open open = run.lease().attempt();
        return open == null
                ? new Decision<>(
                        new Result(null),
                        Change.to(
                                run,
                                "lease.released",
                                Transition.RELEASE.target().word(),
                                null))
                : Decision.unchanged(new Result(new AttemptInProgress(run.id(), open.id(), open.number())));
    }
}

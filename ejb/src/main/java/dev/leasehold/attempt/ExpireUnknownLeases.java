package dev.leasehold.attempt;

import dev.leasehold.lease.HeldLease;
import dev.leasehold.sql.ChangeStatement;
import dev.leasehold.sql.LockedRun;
import dev.leasehold.sql.QueueSession;
import dev.leasehold.tenant.Caller;
import dev.leasehold.time.Leasehold;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Ends leases of which their own holder knows nothing, as if they had expired (decisions 5.5). */
@Stateless
public class ExpireUnknownLeases {

    @Inject
    @Leasehold
    Clock clock;

    @Inject
    QueueSession session;

    @Inject
    ChangeStatement runs;

    @Inject
    Expiry expiry;

    /**
     * Ends them.
     *
     * @param caller whom the events name
     * @param unknown the leases, as they were seen
     * @return for each whether it still stood; one that another transaction holds is passed by
     */
    public List<Boolean> execute(Caller caller, List<HeldLease> unknown) {
        Instant now = clock.instant();
        Map<HeldLease, LockedRun> standing = session
                .work(connection -> runs.lockFree(
                        connection,
                        caller.tenant(),
                        unknown.stream().map(HeldLease::runId).toList()))
                .stream()
                .filter(run -> run.lease() != null)
                .collect(Collectors.toMap(ExpireUnknownLeases::lease, Function.identity()));
        List<HeldLease> ended =
                unknown.stream().distinct().filter(standing::containsKey).toList();
        expiry.end(caller, now, ended.stream().map(standing::get).toList());
        return unknown.stream().map(ended::contains).toList();
    }

    private static HeldLease lease(LockedRun run) {
        LockedRun.Held held = run.lease();
        return new HeldLease(held == null ? "" : held.owner(), run.id(), held == null ? 0 : held.fence());
    }
}

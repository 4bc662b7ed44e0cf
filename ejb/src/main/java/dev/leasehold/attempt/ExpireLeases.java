package dev.leasehold.attempt;

import dev.leasehold.metric.Command;
import dev.leasehold.metric.Meter;
import dev.leasehold.settings.Settings;
import dev.leasehold.sql.ChangeStatement;
import dev.leasehold.sql.LeaseStatement;
import dev.leasehold.sql.LockedRun;
import dev.leasehold.sql.QueueSession;
import dev.leasehold.tenant.Caller;
import dev.leasehold.time.Leasehold;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * Acts on leases that nobody keeps and on attempts that overran their deadline and its grace: a run that was not begun
 * is ready again, an attempt that was is closed, counts, and is followed by the next one or by the run's failure
 * (decisions 5.5 and 6). Nodes pass by what another one is acting on. It stands with attempts because it judges them.
 */
@Stateless
public class ExpireLeases {

    @Inject
    @Leasehold
    Clock clock;

    @Inject
    Settings settings;

    @Inject
    QueueSession session;

    @Inject
    LeaseStatement leases;

    @Inject
    ChangeStatement runs;

    @Inject
    Expiry expiry;

    @Inject
    Meter meter;

    /**
     * Looks once for each batch size, at the runs of all tenants.
     *
     * @param caller whom the events name
     * @param batches how many leases each batch ends at most, 1 to 10000
     * @return how many each did end
     */
    public List<Integer> execute(Caller caller, List<Integer> batches) {
        meter.times(Command.EXPIRE);
        Instant now = clock.instant();
        return batches.stream().map(max -> expire(caller, now, max)).toList();
    }

    private int expire(Caller caller, Instant now, int max) {
        Instant deadline = now.minus(settings.timeoutGrace());
        Map<UUID, List<UUID>> lapsed =
                session.work(connection -> leases.lapsed(connection, now, deadline, max)).stream()
                        .collect(Collectors.groupingBy(
                                LeaseStatement.Key::tenant,
                                LinkedHashMap::new,
                                Collectors.mapping(LeaseStatement.Key::run, Collectors.toList())));
        int ended = 0;
        for (Map.Entry<UUID, List<UUID>> one : lapsed.entrySet()) {
            ended += expire(new Caller(one.getKey(), caller.subject()), now, one.getValue());
        }
        return ended;
    }

    private int expire(Caller caller, Instant now, List<UUID> ids) {
        List<LockedRun> ended = session.work(connection -> runs.lockFree(connection, caller.tenant(), ids)).stream()
                .filter(run -> run.lease() != null && lapsed(run.lease(), now))
                .toList();
        expiry.end(caller, now, ended);
        return ended.size();
    }

    /** Whether the lease was not kept meanwhile, or its attempt overran. */
    private boolean lapsed(LockedRun.Held lease, Instant now) {
        Instant deadline = lease.deadline();
        boolean overran = deadline != null && !now.isBefore(deadline.plus(settings.timeoutGrace()));
        return overran || !now.isBefore(lease.expiry());
    }
}

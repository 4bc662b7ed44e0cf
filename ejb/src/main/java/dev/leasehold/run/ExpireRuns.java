package dev.leasehold.run;

import dev.leasehold.sql.Change;
import dev.leasehold.sql.ChangeStatement;
import dev.leasehold.sql.ExpiredRuns;
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
 * Calls runs off that were not started by the instant at which their task expires (decisions 6). Nodes pass by what
 * another transaction holds.
 */
@Stateless
public class ExpireRuns {

    private static final String EXPIRED = "expired";

    @Inject
    @Leasehold
    Clock clock;

    @Inject
    QueueSession session;

    @Inject
    ExpiredRuns expired;

    @Inject
    ChangeStatement runs;

    @Inject
    RunChanges changes;

    @Inject
    Recall recall;

    /**
     * Looks once for each batch size, at the runs of all tenants.
     *
     * @param caller whom the events name
     * @param batches how many runs each batch calls off at most, 1 to 10000
     * @return how many each did
     */
    public List<Integer> execute(Caller caller, List<Integer> batches) {
        Instant now = clock.instant();
        return batches.stream().map(max -> expire(caller, now, max)).toList();
    }

    private int expire(Caller caller, Instant now, int max) {
        Map<UUID, List<UUID>> due = session.work(connection -> expired.find(connection, now, max)).stream()
                .collect(Collectors.groupingBy(
                        ExpiredRuns.Key::tenant,
                        LinkedHashMap::new,
                        Collectors.mapping(ExpiredRuns.Key::run, Collectors.toList())));
        int ended = 0;
        for (Map.Entry<UUID, List<UUID>> one : due.entrySet()) {
            Caller tenant = new Caller(one.getKey(), caller.subject());
            List<Change> ending =
                    session.work(connection -> runs.lockFree(connection, one.getKey(), one.getValue())).stream()
                            .filter(run -> waits(run, now))
                            .map(run -> Change.to(
                                            run,
                                            "run.canceled",
                                            Transition.CANCEL.target().word(),
                                            EXPIRED)
                                    .held(false)
                                    .waits(false))
                            .toList();
            changes.store(tenant, now, ending);
            recall.onCommit(ending.stream().map(Change::run).toList());
            ended += ending.size();
        }
        return ended;
    }

    /** Whether it still expires: started runs do not, and one that was locked meanwhile may have been. */
    private static boolean waits(LockedRun run, Instant now) {
        return run.expiresAt() != null
                && !now.isBefore(run.expiresAt())
                && run.attemptsStarted() == 0
                && !Orders.state(run).terminal();
    }
}

package dev.leasehold.run;

import dev.leasehold.metric.Command;
import dev.leasehold.metric.Meter;
import dev.leasehold.sql.PromoteStatement;
import dev.leasehold.sql.QueueSession;
import dev.leasehold.tenant.Caller;
import dev.leasehold.time.Leasehold;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Instant;
import java.util.List;

/**
 * Makes runs ready whose instant has come: scheduled ones, those that wait for a retry, and those put aside for a
 * while; of every tenant, the longest overdue first. Nodes pass by what another one is promoting.
 */
@Stateless
public class PromoteDueRuns {

    @Inject
    @Leasehold
    Clock clock;

    @Inject
    QueueSession session;

    @Inject
    PromoteStatement statement;

    @Inject
    ReadyBell bell;

    @Inject
    Meter meter;

    /**
     * Promotes once for each batch size.
     *
     * @param caller whom the events name
     * @param batches how many runs each batch promotes at most, 1 to 10000
     * @return how many each did promote
     */
    public List<Integer> execute(Caller caller, List<Integer> batches) {
        meter.times(Command.PROMOTE);
        Instant now = clock.instant();
        return batches.stream()
                .map(max -> session.work(connection -> statement.promote(connection, now, caller.subject(), max)))
                .map(this::tell)
                .toList();
    }

    private int tell(PromoteStatement.Promoted promoted) {
        if (promoted.count() > 0) {
            bell.ringOnCommit(promoted.best());
        }
        meter.promoted(promoted.count());
        return promoted.count();
    }
}

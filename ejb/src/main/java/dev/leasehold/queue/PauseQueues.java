package dev.leasehold.queue;

import dev.leasehold.audit.AuditTrail;
import dev.leasehold.sql.PauseStatement;
import dev.leasehold.sql.PauseStatement.PauseRow;
import dev.leasehold.sql.QueueSession;
import dev.leasehold.tenant.Caller;
import dev.leasehold.time.Leasehold;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Instant;
import java.util.List;

/** Pauses queues. It applies to every claim that begins after its commit. */
@Stateless
public class PauseQueues {

    @Inject
    @Leasehold
    Clock clock;

    @Inject
    QueueSession session;

    @Inject
    PauseStatement statement;

    @Inject
    AuditTrail audit;

    /**
     * Pauses queues.
     *
     * @param caller the tenant, and who asks
     * @param orders what to pause
     * @return for each whether it went into pause now; false when it was paused before
     */
    public List<Boolean> execute(Caller caller, List<PauseOrder> orders) {
        Instant now = clock.instant();
        return orders.stream().map(order -> pause(caller, now, order)).toList();
    }

    private boolean pause(Caller caller, Instant now, PauseOrder order) {
        PauseKey key = order.key(caller);
        PauseRow row = new PauseRow(key.tenantId(), key.queue(), now, caller.subject(), order.reason());
        boolean fresh = session.work(connection -> statement.pause(connection, row));
        if (fresh) {
            audit.record(caller, now, List.of(QueueEffects.paused(PauseQueues.class, order, true)));
        }
        return fresh;
    }
}

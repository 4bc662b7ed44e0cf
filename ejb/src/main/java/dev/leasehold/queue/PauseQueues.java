package dev.leasehold.queue;

import dev.leasehold.sql.PauseStatement;
import dev.leasehold.sql.PauseStatement.PauseRow;
import dev.leasehold.sql.QueueSession;
import dev.leasehold.tenant.Caller;
import dev.leasehold.time.Leasehold;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.time.Clock;
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

    /**
     * Pauses queues.
     *
     * @param caller the tenant, and who asks
     * @param orders what to pause
     * @return for each whether it went into pause now; false when it was paused before
     */
    public List<Boolean> execute(Caller caller, List<PauseOrder> orders) {
        return orders.stream().map(order -> pause(caller, order)).toList();
    }

    private boolean pause(Caller caller, PauseOrder order) {
        PauseKey key = order.key(caller);
        PauseRow row = new PauseRow(key.tenantId(), key.queue(), clock.instant(), caller.subject(), order.reason());
        return session.work(connection -> statement.pause(connection, row));
    }
}

package dev.leasehold.queue;

import dev.leasehold.audit.AuditTrail;
import dev.leasehold.run.ReadyBell;
import dev.leasehold.tenant.Caller;
import dev.leasehold.time.Leasehold;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import java.time.Clock;
import java.time.Instant;
import java.util.List;

/** Ends pauses. Resuming everything leaves a queue paused that was paused by its own name. */
@Stateless
public class ResumeQueues {

    @Inject
    @Leasehold
    EntityManager entities;

    @Inject
    ReadyBell bell;

    @Inject
    @Leasehold
    Clock clock;

    @Inject
    AuditTrail audit;

    /**
     * Ends pauses.
     *
     * @param caller the tenant, and who asks
     * @param orders what to resume
     * @return for each whether a pause ended now; false when there was none
     */
    public List<Boolean> execute(Caller caller, List<PauseOrder> orders) {
        bell.ringOnCommit();
        Instant now = clock.instant();
        return orders.stream().map(order -> resume(caller, now, order)).toList();
    }

    private boolean resume(Caller caller, Instant now, PauseOrder order) {
        int ended = entities.createQuery("delete from Pause p where p.key = :key")
                .setParameter("key", order.key(caller))
                .executeUpdate();
        if (ended > 0) {
            audit.record(caller, now, List.of(QueueEffects.paused(ResumeQueues.class, order, false)));
        }
        return ended > 0;
    }
}

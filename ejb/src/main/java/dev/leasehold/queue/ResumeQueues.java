package dev.leasehold.queue;

import dev.leasehold.run.ReadyBell;
import dev.leasehold.tenant.Caller;
import dev.leasehold.time.Leasehold;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import java.util.List;

/** Ends pauses. Resuming everything leaves a queue paused that was paused by its own name. */
@Stateless
public class ResumeQueues {

    @Inject
    @Leasehold
    EntityManager entities;

    @Inject
    ReadyBell bell;

    /**
     * Ends pauses.
     *
     * @param caller the tenant, and who asks
     * @param orders what to resume
     * @return for each whether a pause ended now; false when there was none
     */
    public List<Boolean> execute(Caller caller, List<PauseOrder> orders) {
        bell.ringOnCommit();
        return orders.stream().map(order -> resume(caller, order)).toList();
    }

    private boolean resume(Caller caller, PauseOrder order) {
        int ended = entities.createQuery("delete from Pause p where p.key = :key")
                .setParameter("key", order.key(caller))
                .executeUpdate();
        return ended > 0;
    }
}

package dev.leasehold.queue;

import dev.leasehold.tenant.Caller;
import dev.leasehold.time.Leasehold;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import java.time.Clock;
import java.util.List;

/** Pauses queues. It applies to every claim that begins after its commit. */
@Stateless
public class PauseQueues {

    @Inject
    @Leasehold
    Clock clock;

    @Inject
    @Leasehold
    EntityManager entities;

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
        if (entities.find(Pause.class, key) != null) {
            return false;
        }
        entities.persist(new Pause(key, clock.instant(), caller.subject(), order.reason()));
        entities.flush();
        return true;
    }
}

package dev.leasehold.node;

import dev.leasehold.tenant.Caller;
import dev.leasehold.time.Leasehold;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import java.time.Clock;
import java.time.Duration;
import java.util.List;

/** Removes the rows of nodes that were lost long ago and hold nothing. */
@Stateless
public class ForgetNodes {

    @Inject
    @Leasehold
    Clock clock;

    @Inject
    @Leasehold
    EntityManager entities;

    /**
     * Forgets nodes, once for each age.
     *
     * @param caller the queue itself
     * @param ages how long a node must have been lost
     * @return how many rows went each time
     */
    public List<Integer> execute(Caller caller, List<Duration> ages) {
        return ages.stream()
                .map(age -> entities.createQuery("""
                                delete from NodeRecord n
                                where n.expiry <= :before
                                  and not exists (select 1 from Lease l where l.nodeId = n.id)
                                """)
                        .setParameter("before", clock.instant().minus(age))
                        .executeUpdate())
                .toList();
    }
}

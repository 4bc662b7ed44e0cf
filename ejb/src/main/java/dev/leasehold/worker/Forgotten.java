package dev.leasehold.worker;

import dev.leasehold.lease.Leases;
import dev.leasehold.sql.Claimed;
import dev.leasehold.tenant.Caller;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Runs that this process was granted and does not have in hand, because the commit of their claim was thought lost and
 * was not. Whatever is suspected here is looked at again under its lock before anybody takes it up.
 */
@ApplicationScoped
public class Forgotten {

    @Inject
    InHand inHand;

    @Inject
    Leases leases;

    @Inject
    Owner owner;

    private final Map<UUID, Long> suspected = new ConcurrentHashMap<>();
    private Map<UUID, Long> missed = Map.of();

    /** The commit of these may have been lost; they are not in hand. */
    void doubt(Collection<Claimed> claimed) {
        claimed.forEach(one -> suspected.put(one.runId(), one.fence()));
    }

    /** Whether that lease is to be taken up by the next worker that is free. */
    public boolean suspects(UUID run, long fence) {
        return Long.valueOf(fence).equals(suspected.get(run));
    }

    /**
     * Suspects what was missed at two looks in a row.
     *
     * @param before what was in hand before the leases were read
     * @param leased the fences of this process's leases, by run
     * @return how many are suspected
     */
    synchronized int compare(Map<UUID, Long> before, Map<UUID, Long> leased) {
        Map<UUID, Long> missing = new HashMap<>();
        leased.forEach((run, fence) -> {
            if (!fence.equals(before.get(run)) && !inHand.has(run, fence)) {
                missing.put(run, fence);
            }
        });
        suspected.clear();
        missing.forEach((run, fence) -> {
            if (fence.equals(missed.get(run))) {
                suspected.put(run, fence);
            }
        });
        missed = missing;
        return suspected.size();
    }

    /**
     * Those of the suspected runs that are leased to this process indeed and still not in hand; the transaction holds
     * them. Those that another transaction holds are passed by.
     *
     * @param max how many at most
     */
    List<Claimed> takeUp(Caller caller, int max) {
        Map<UUID, Long> some = new HashMap<>();
        suspected.forEach((run, fence) -> {
            if (some.size() < max && suspected.remove(run, fence)) {
                some.put(run, fence);
            }
        });
        return some.isEmpty()
                ? List.of()
                : leases.begun(caller, owner.name(), some).stream()
                        .filter(one -> !inHand.has(one.runId(), one.fence()))
                        .toList();
    }
}

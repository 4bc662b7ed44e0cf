package dev.leasehold.client;

import java.lang.System.Logger.Level;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The runs that a worker has: from the claim on until the server has heard of their end. Each takes one slot. */
final class InHand {

    private static final System.Logger LOG = System.getLogger(Worker.class.getName());

    private final Slots slots;
    private final Map<Lease.Held, Work> works = new ConcurrentHashMap<>();

    InHand(Slots slots) {
        this.slots = slots;
    }

    Work add(Lease lease) {
        Work work = new Work(lease);
        works.put(lease.held(), work);
        return work;
    }

    /** Those whose leases are worth keeping. */
    List<Work> kept() {
        return works.values().stream().filter(work -> !work.lost()).toList();
    }

    /** Forgets what the server knows the end of. */
    void end(Work work) {
        if (works.remove(work.lease().held()) != null) {
            slots.giveBack(1);
        }
    }

    /** Forgets what is not this worker's any more: nothing unusual, and nothing to be done. */
    void endLost(Work work) {
        LOG.log(Level.INFO, "{0} is not this worker''s any more ({1}); its result is dropped", work, reason(work));
        end(work);
    }

    private static String reason(Work work) {
        String reason = work.cancellation().reason();
        return reason == null ? "lease_lost" : reason;
    }

    /** Tells all of them to stop. */
    void stop(String reason) {
        works.values().forEach(work -> work.cancellation().request(reason));
    }
}

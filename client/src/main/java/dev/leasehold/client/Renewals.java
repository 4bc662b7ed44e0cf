package dev.leasehold.client;

import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.List;

/** Keeps the leases of all that is in hand, and learns what is lost or to be stopped. */
final class Renewals {

    private static final System.Logger LOG = System.getLogger(Worker.class.getName());
    private static final int MOST = 1000;
    private static final Duration LONGEST = Duration.ofSeconds(15);
    private static final Duration SOON = Duration.ofSeconds(1);

    private final Leases leases;
    private final WorkerSettings settings;
    private final InHand inHand;

    Renewals(Leases leases, WorkerSettings settings, InHand inHand) {
        this.leases = leases;
        this.settings = settings;
        this.inHand = inHand;
    }

    /** How long an answer may take: there should be time for another try. */
    static Duration patience(WorkerSettings settings) {
        Duration third = settings.lease().dividedBy(3);
        return third.compareTo(LONGEST) < 0 ? third : LONGEST;
    }

    /** Renews all in one call, and answers when to do it again. */
    Duration renew() {
        Duration third = settings.lease().dividedBy(3);
        List<Work> works = inHand.kept();
        try {
            for (int from = 0; from < works.size(); from += MOST) {
                renew(works.subList(from, Math.min(from + MOST, works.size())));
            }
            return third;
        } catch (RuntimeException e) {
            LOG.log(Level.DEBUG, "leases are not renewed yet: {0}", e.getMessage());
            return third.compareTo(SOON) < 0 ? third : SOON;
        }
    }

    private void renew(List<Work> works) {
        List<Lease.Held> held = works.stream().map(work -> work.lease().held()).toList();
        List<Lease.Renewal> renewals = leases.renew(settings.owner(), settings.lease(), held);
        for (int i = 0; i < Math.min(works.size(), renewals.size()); i++) {
            heed(works.get(i), renewals.get(i));
        }
    }

    private static void heed(Work work, Lease.Renewal renewal) {
        String reason = renewal.reason() == null ? "canceled" : renewal.reason();
        if (renewal.lost()) {
            work.lose(reason);
        } else if (renewal.cancelRequested()) {
            work.cancellation().request(reason);
        }
    }
}

package dev.leasehold.worker;

import dev.leasehold.api.HandlerExtension;
import dev.leasehold.lease.Leases;
import dev.leasehold.node.RecordHeartbeats;
import dev.leasehold.node.RecordHeartbeats.Beat;
import dev.leasehold.settings.Settings;
import dev.leasehold.sql.DeadRows;
import dev.leasehold.sql.Repeats;
import dev.leasehold.tenant.Caller;
import dev.leasehold.time.Leasehold;
import dev.leasehold.time.Pace;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Says that this node lives, which keeps its runs' leases, and hears which of them were taken away. */
@ApplicationScoped
public class Heartbeat {

    @Inject
    @Leasehold
    Clock clock;

    @Inject
    Settings settings;

    @Inject
    Owner owner;

    @Inject
    Repeats repeats;

    @Inject
    RecordHeartbeats record;

    @Inject
    HandlerExtension handlers;

    @Inject
    Leases leases;

    @Inject
    InHand inHand;

    @Inject
    Forgotten forgotten;

    @Inject
    DeadRows dead;

    @Inject
    Pace looks;

    private volatile @Nullable Instant until;
    private volatile Instant judgesFrom = Instant.EPOCH;
    private volatile boolean failed;

    /**
     * Does so once, and answers how many runs are in hand.
     *
     * @throws RuntimeException when nobody could be told; runs whose leases have lapsed by then are told to stop
     */
    public synchronized int beat() {
        Map<UUID, Long> asked = inHand.fences();
        boolean heard = false;
        try {
            tell(asked);
            heard = true;
            return asked.size();
        } finally {
            failed = !heard;
            if (!heard) {
                watch();
            }
        }
    }

    private void tell(Map<UUID, Long> asked) {
        boolean unheard = unheard();
        Caller caller = Caller.system(settings.node());
        Beat beat = new Beat(
                owner.id(), settings.node(), handlers.types().stream().sorted().toList(), settings.capabilities());
        Instant end = repeats.call(() -> record.execute(caller, List.of(beat))).get(0);
        judgesFrom = unheard ? clock.instant().plus(settings.heartbeatEvery()) : judgesFrom;
        until = end;
        inHand.stopOthers(asked, repeats.call(() -> leases.startedBy(caller, owner.id(), asked.keySet())));
    }

    /**
     * Looks for leases of this node that it does not know of, once; where many leases are gone, as often as it is worth the
     * time. Answers how many runs are suspected.
     *
     * @throws RuntimeException when nobody could be asked
     */
    public int remember() {
        if (!looks.due()) {
            return 0;
        }
        Instant began = looks.now();
        Map<UUID, Long> before = inHand.all();
        Caller caller = Caller.system(settings.node());
        int suspected = forgotten.compare(before, repeats.call(() -> leases.startedBy(caller, owner.id())));
        looks.ended(began, dead.areManyLeases());
        return suspected;
    }

    /** Tells what is in hand to stop once its leases may have lapsed. It asks nobody, and so nobody keeps it waiting. */
    public void watch() {
        if (until != null && lapsed()) {
            inHand.stop(inHand.fences());
        }
    }

    /**
     * Beats unless leases of this node would last at the moment: what is claimed under a node's lapsed sign of life is
     * taken away by the next sweep.
     *
     * @throws RuntimeException when nobody could be told
     */
    void keep() {
        if (lapsed()) {
            beatIfLapsed();
        }
    }

    private synchronized void beatIfLapsed() {
        if (lapsed()) {
            beat();
        }
    }

    /**
     * Whether this node may say that others are silent: not while it is not heard itself, nor for a heartbeat after
     * that, since what silenced it may have silenced them. While it is not heard it tries to be.
     *
     * @throws RuntimeException when nobody could be told
     */
    public boolean judges() {
        if (unheard()) {
            beat();
        }
        return !clock.instant().isBefore(judgesFrom);
    }

    /** Where duties are done by hand the clock goes on by leaps, and only a failure counts. */
    private boolean unheard() {
        return failed || (settings.dutiesByTimer() && lapsed());
    }

    private boolean lapsed() {
        Instant last = until;
        return last == null || !clock.instant().isBefore(last);
    }
}

package dev.leasehold.timer;

import dev.leasehold.attempt.ExpireLeases;
import dev.leasehold.node.Node;
import dev.leasehold.sql.DeadRows;
import dev.leasehold.time.Pace;
import dev.leasehold.worker.Heartbeat;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.List;

/** Acts on leases that nobody keeps, as often as it is worth the time that a look at all of them takes. */
@ApplicationScoped
public class LeaseSweep {

    @Inject
    Node node;

    @Inject
    Heartbeat heartbeat;

    @Inject
    ClockMeasurements measurements;

    @Inject
    ExpireLeases expire;

    @Inject
    Batches batches;

    @Inject
    DeadRows dead;

    @Inject
    Pace pace;

    /** Looks once, unless this node may not judge, or it is too soon; answers how many leases it ended. */
    int pass() {
        return heartbeat.judges() && pace.due() ? look() : 0;
    }

    private int look() {
        Instant began = pace.now();
        int ended = batches.each(
                () -> node.active() && measurements.trusted(), caller -> expire.execute(caller, List.of(Batches.SIZE)));
        pace.ended(began, ended == 0 && dead.areManyLeases());
        return ended;
    }
}

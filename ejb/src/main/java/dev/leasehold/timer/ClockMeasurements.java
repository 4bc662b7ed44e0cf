package dev.leasehold.timer;

import dev.leasehold.node.NodeStart;
import dev.leasehold.settings.Settings;
import dev.leasehold.time.ClockCorrection.Reaction;
import dev.leasehold.time.Leasehold;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.lang.System.Logger.Level;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Measures the database's clock; after a jump nobody is judged by it until all had time for a heartbeat. */
@ApplicationScoped
public class ClockMeasurements {

    private static final System.Logger LOG = System.getLogger(Duties.class.getName());

    @Inject
    NodeStart start;

    @Inject
    Settings settings;

    @Inject
    @Leasehold
    Clock clock;

    private volatile Instant graceUntil = Instant.EPOCH;

    boolean trusted() {
        return !clock.instant().isBefore(graceUntil);
    }

    void take() throws SQLException {
        Reaction reaction = start.measureClock();
        for (int i = 0; i < 2 && reaction == Reaction.DOUBTED; i++) {
            LockSupport.parkNanos(TimeUnit.SECONDS.toNanos(1));
            reaction = start.measureClock();
        }
        if (reaction == Reaction.JUMPED_FORWARD || reaction == Reaction.JUMPED_BACKWARD) {
            graceUntil = clock.instant().plus(settings.heartbeatEvery());
            LOG.log(Level.WARNING, "the database's clock went off from this machine''s: {0}", reaction);
        }
    }
}

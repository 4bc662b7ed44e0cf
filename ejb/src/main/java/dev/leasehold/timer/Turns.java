package dev.leasehold.timer;

import dev.leasehold.time.MachineClock;
import dev.leasehold.time.Pace;
import java.time.Clock;
import java.time.Instant;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Whose turn it is when a timer fires: no duty's while its last pass still runs, and a look at leases only as often as it
 * is worth its time.
 */
final class Turns {

    private final Set<Duty> running = ConcurrentHashMap.newKeySet();
    private final Pace sweeps;
    private volatile Instant sweepBegan = Instant.MIN;

    Turns() {
        this(new MachineClock());
    }

    Turns(Clock clock) {
        sweeps = new Pace(clock);
    }

    /** Whether the duty may begin; whoever is told so tells when it has ended. */
    boolean begins(Duty duty) {
        boolean begins = (duty != Duty.EXPIRE || sweeps.due()) && running.add(duty);
        if (begins && duty == Duty.EXPIRE) {
            sweepBegan = sweeps.now();
        }
        return begins;
    }

    /**
     * There was nothing to do for the duty.
     *
     * @param worn whether it passed over many leases that are gone
     */
    void foundNothing(Duty duty, boolean worn) {
        if (duty == Duty.EXPIRE) {
            sweeps.ended(sweepBegan, worn);
        }
    }

    /** The duty has ended. */
    void end(Duty duty) {
        running.remove(duty);
    }
}

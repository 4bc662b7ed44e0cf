package dev.leasehold.time;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/**
 * The one clock: this machine's, corrected to the database's, in microseconds, never going back (decisions 3). While
 * the correction points backward it stands still.
 */
@Leasehold
@ApplicationScoped
public class DatabaseClock extends Clock {

    private final Clock machine;
    private final ClockCorrection correction;
    private long last;
    private @Nullable Instant standing;

    /** Over this machine's clock. */
    public DatabaseClock() {
        this(new MachineClock());
    }

    DatabaseClock(Clock machine) {
        this.machine = machine;
        this.correction = new ClockCorrection(machineMicros());
    }

    @Override
    public synchronized Instant instant() {
        if (standing != null) {
            return standing;
        }
        last = Math.max(last, corrected());
        return Instant.EPOCH.plus(last, ChronoUnit.MICROS);
    }

    /**
     * Lets time stand at an instant from now on, which may lie before one that was read already. For the conformance kit
     * only: nothing in the product calls it, and nothing lets time go on again.
     */
    public synchronized void standAt(Instant instant) {
        standing = instant.truncatedTo(ChronoUnit.MICROS);
    }

    /** This machine's own time, for measuring the database's against it. */
    public Instant machineTime() {
        return Instant.EPOCH.plus(machineMicros(), ChronoUnit.MICROS);
    }

    /** How far this machine's wall clock, which an embedded database has, is ahead of {@link #machineTime()}. */
    public long wallAhead() {
        return ChronoUnit.MICROS.between(machineTime(), Clock.systemUTC().instant());
    }

    /** Takes the offset as it was measured, at the start; what was read before counts no more. */
    public synchronized void begin(long offsetMicros) {
        correction.jump(offsetMicros, machineMicros());
        last = corrected();
    }

    /**
     * Takes a later measurement into account.
     *
     * @param offsetMicros how far the database's clock is ahead of this machine's
     * @return what became of it
     */
    public synchronized ClockCorrection.Reaction correct(long offsetMicros) {
        return correction.propose(offsetMicros, machineMicros());
    }

    /** How far this clock is ahead of {@link #machineTime()} by correction. */
    public synchronized Duration offset() {
        return Duration.of(correction.offset(machineMicros()), ChronoUnit.MICROS);
    }

    /** Whether time has stood still for more than 5 s, so that nothing may be promoted, claimed or expired here. */
    public synchronized boolean behind() {
        return standing == null
                && corrected() < last
                && correction.sinceJump(machineMicros()) > ClockCorrection.LONGEST_STAND;
    }

    @Override
    public ZoneId getZone() {
        return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
        throw new IllegalArgumentException("the queue's time is UTC");
    }

    private long corrected() {
        long now = machineMicros();
        return now + correction.offset(now);
    }

    private long machineMicros() {
        return ChronoUnit.MICROS.between(Instant.EPOCH, machine.instant());
    }
}

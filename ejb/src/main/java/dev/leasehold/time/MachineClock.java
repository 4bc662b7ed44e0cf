package dev.leasehold.time;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

/** This machine's time, read once and then counted on, so that a step of the wall clock is a measurement, not a jump. */
public final class MachineClock extends Clock {

    private final Instant anchor = Clock.systemUTC().instant();
    private final long anchorNanos = System.nanoTime();

    @Override
    public Instant instant() {
        return anchor.plusNanos(System.nanoTime() - anchorNanos);
    }

    @Override
    public ZoneId getZone() {
        return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
        throw new IllegalArgumentException("the machine's time is UTC");
    }
}

package dev.leasehold.testing;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;

/** The clock of a {@link TestQueue}: it stands still until the test, or a handler, moves it. It may be read by any thread. */
public final class TestClock extends Clock {

    /** Where every clock stands at first. */
    public static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    private volatile Instant now = START;

    TestClock() {}

    /**
     * Moves the clock forward.
     *
     * @param duration by how much, in whole microseconds; not negative
     * @throws IllegalArgumentException when it is negative
     */
    public synchronized void advance(Duration duration) {
        if (duration.isNegative()) {
            throw new IllegalArgumentException("a test's clock does not go back: " + duration);
        }
        now = now.plus(duration).truncatedTo(ChronoUnit.MICROS);
    }

    /**
     * Moves the clock to an instant.
     *
     * @param instant in whole microseconds; not before now
     * @throws IllegalArgumentException when it is before now
     */
    public synchronized void set(Instant instant) {
        advance(Duration.between(instant(), instant));
    }

    @Override
    public Instant instant() {
        return now;
    }

    @Override
    public ZoneId getZone() {
        return ZoneOffset.UTC;
    }

    /** A clock that shows this one's instant in another time zone. */
    @Override
    public Clock withZone(ZoneId zone) {
        InstantSource here = () -> now;
        return here.withZone(zone);
    }
}

package dev.leasehold.database;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.concurrent.atomic.AtomicReference;

/** A clock that moves when a test says so. */
public class SettableClock extends Clock {

    /** Where it stands at first: 1000 s after the epoch, as in the scenarios. */
    public static final Instant START = Instant.ofEpochSecond(1000);

    private final AtomicReference<Instant> now = new AtomicReference<>(START);

    public void set(Instant instant) {
        now.set(instant);
    }

    public void advance(Duration duration) {
        now.updateAndGet(instant -> instant.plus(duration));
    }

    /** A clock that is always that far from this one, and moves it when it is moved. */
    public SettableClock apart(Duration distance) {
        SettableClock base = this;
        return new SettableClock() {
            @Override
            public void set(Instant instant) {
                base.set(instant.minus(distance));
            }

            @Override
            public void advance(Duration duration) {
                base.advance(duration);
            }

            @Override
            public Instant instant() {
                return base.instant().plus(distance);
            }
        };
    }

    @Override
    public Instant instant() {
        return now.get();
    }

    @Override
    public ZoneId getZone() {
        return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
        return this;
    }
}

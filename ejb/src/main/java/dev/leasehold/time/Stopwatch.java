package dev.leasehold.time;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Measures how long something takes on this machine, whatever the clock says meanwhile. */
public final class Stopwatch {

    private final long started = System.nanoTime();
    private final @Nullable Duration limit;

    /** Starts at once; without a limit it is never over. */
    public Stopwatch(@Nullable Duration limit) {
        this.limit = limit;
    }

    /** How much time has passed. */
    public Duration elapsed() {
        return Duration.ofNanos(System.nanoTime() - started);
    }

    /** Whether more than the limit has passed. */
    public boolean isOver() {
        return limit != null && System.nanoTime() - started > limit.toNanos();
    }
}

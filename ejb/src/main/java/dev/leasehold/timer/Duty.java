package dev.leasehold.timer;

import java.time.Duration;

/** What a timer is for. */
public enum Duty {
    /** Tries once more to start. */
    START,
    /** Makes due runs ready. */
    PROMOTE,
    /** Looks for ready runs when nothing rang. */
    POLL,
    /** Measures the database's clock. */
    CLOCK;

    static final Duration CLOCK_EVERY = Duration.ofSeconds(30);
}

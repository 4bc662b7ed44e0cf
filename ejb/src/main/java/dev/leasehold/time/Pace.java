package dev.leasehold.time;

import jakarta.enterprise.context.Dependent;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/**
 * How soon something is looked at again that has to be read whole, while the database keeps what is gone because somebody
 * holds an old snapshot: it takes at most a twentieth of the time, or is done every ten seconds. Whoever passes over all of
 * that each second does little else.
 */
@Dependent
public class Pace {

    private static final Duration MOST = Duration.ofSeconds(10);
    private static final int PART = 20;

    private final Clock clock;
    private volatile Instant next = Instant.MIN;

    /** By the machine's own steady clock. */
    public Pace() {
        this(new MachineClock());
    }

    /** By that clock. */
    public Pace(Clock clock) {
        this.clock = clock;
    }

    /** How long a look that took so long is good for. */
    public static Duration after(Duration took) {
        Duration pause = took.multipliedBy(PART - 1);
        return pause.compareTo(MOST) < 0 ? pause : MOST;
    }

    /** Now, by the clock. */
    public Instant now() {
        return clock.instant();
    }

    /** Whether it is time for the next look. */
    public boolean due() {
        return !now().isBefore(next);
    }

    /** A look that began then has ended; the next one may begin at once, unless it passes over many rows that are gone. */
    public void ended(Instant began, boolean worn) {
        Instant now = now();
        next = worn ? now.plus(after(Duration.between(began, now))) : now;
    }
}

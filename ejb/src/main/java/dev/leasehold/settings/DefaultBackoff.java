package dev.leasehold.settings;

import dev.leasehold.api.Backoff;
import java.time.Duration;
import java.util.Locale;

/** Reads {@code leasehold.default-backoff} and its four parts, within {@link Backoff}'s bounds. */
final class DefaultBackoff {

    private static final String MAX_DELAY = "leasehold.default-backoff-max-delay-secs";
    private static final int LONGEST = (int) Backoff.LONGEST.toSeconds();

    private DefaultBackoff() {}

    static Backoff of(Values values) {
        String strategy = values.word("leasehold.default-backoff", "exponential", "fixed", "linear");
        int delay = values.number("leasehold.default-backoff-delay-secs", 5, 0, LONGEST);
        return new Backoff(
                Backoff.Strategy.valueOf(strategy.toUpperCase(Locale.ROOT)),
                Duration.ofSeconds(delay),
                values.decimal("leasehold.default-backoff-factor", 2, 1, 100),
                Duration.ofSeconds(maxDelay(values, delay)),
                values.decimal("leasehold.default-backoff-jitter", 0.1, 0, 1));
    }

    private static int maxDelay(Values values, int delay) {
        int most = values.number(MAX_DELAY, Math.max(3600, delay), 0, LONGEST);
        if (most < delay) {
            throw new InvalidSetting(
                    MAX_DELAY,
                    String.valueOf(most),
                    "a whole number from 0 to " + LONGEST
                            + ", and not below leasehold.default-backoff-delay-secs, which is " + delay);
        }
        return most;
    }
}

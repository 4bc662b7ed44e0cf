package dev.leasehold.client;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/**
 * How often a request is sent again that got no answer, or 429, 502, 503 or 504. The pause doubles from {@code first} up to
 * {@code longest}, and is shortened by up to a half at random, so that many clients do not come back at one moment. A
 * {@code Retry-After} is waited for in full; one longer than {@code longest} is not waited for at all.
 *
 * @param again how many times after the first, 0 to 100
 * @param first the first pause, more than nothing
 * @param longest the longest pause, at least the first
 */
public record Retries(int again, Duration first, Duration longest) {

    /** Five more times within about six seconds; a Retry-After of up to 30 seconds. */
    public static final Retries USUAL = new Retries(5, Duration.ofMillis(200), Duration.ofSeconds(30));

    /** None. */
    public static final Retries NONE = new Retries(0, Duration.ofMillis(200), Duration.ofSeconds(5));

    private static final int MOST_PATIENCE_SECS = 60;

    /** Checks the bounds. */
    public Retries {
        if (again < 0 || again > 100 || first.isNegative() || first.isZero() || longest.compareTo(first) < 0) {
            throw new IllegalArgumentException("again must be 0 to 100, and first positive and at most longest");
        }
    }

    /** The pause after so many failures (0 after the first). */
    Duration pause(int failures) {
        long doubled = first.toNanos() << Math.min(failures, 30);
        long full = doubled <= 0 ? longest.toNanos() : Math.min(doubled, longest.toNanos());
        return Duration.ofNanos(full - ThreadLocalRandom.current().nextLong(full / 2 + 1));
    }

    /** The pause after so many failures, or null when the server asks for more patience than there is. */
    @Nullable
    Duration pause(int failures, @Nullable Duration retryAfter) {
        if (retryAfter == null) {
            return pause(failures);
        }
        if (retryAfter.compareTo(longest) > 0) {
            return null;
        }
        Duration own = pause(failures);
        return retryAfter.compareTo(own) > 0 ? retryAfter : own;
    }

    /** The pause of somebody who never gives up: a server's wish is heeded up to {@value #MOST_PATIENCE_SECS} seconds. */
    Duration patient(int failures, @Nullable Duration retryAfter) {
        Duration own = pause(failures);
        if (retryAfter == null || retryAfter.compareTo(own) <= 0) {
            return own;
        }
        Duration most = Duration.ofSeconds(MOST_PATIENCE_SECS);
        return retryAfter.compareTo(most) > 0 ? most : retryAfter;
    }
}

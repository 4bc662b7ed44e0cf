package dev.leasehold.letter;

import java.time.Duration;

/** How long retries of a dead letter stand apart: twice as long each time, up to five minutes. */
public final class RetryDelay {

    /** How many retries there are before a letter is exhausted. */
    public static final int MOST = 5;

    private static final Duration LONGEST = Duration.ofMinutes(5);
    private static final int LONGEST_AT = 9;

    private RetryDelay() {}

    /** How long the next retry waits after the k-th one was dispatched. */
    public static Duration after(int k) {
        return k >= LONGEST_AT ? LONGEST : Duration.ofSeconds(1L << k);
    }
}

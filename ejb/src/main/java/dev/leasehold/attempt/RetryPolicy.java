package dev.leasehold.attempt;

import dev.leasehold.api.Backoff;

/**
 * How often a run is attempted, and how long it waits in between.
 *
 * @param maxAttempts how many attempts count at most, from 1
 * @param backoff the wait after a failed one
 */
public record RetryPolicy(int maxAttempts, Backoff backoff) {

    /**
     * Refuses a cap below 1.
     *
     * @throws IllegalArgumentException with AQ 3.5's text
     */
    public RetryPolicy {
        if (maxAttempts < 1) {
            throw new IllegalArgumentException("invalid max_attempts value (" + maxAttempts + "); expected >= 1");
        }
    }
}

package dev.leasehold.api;

import java.time.Duration;

/**
 * How long a run waits between a failed attempt and the next (decisions 6).
 *
 * @param strategy how the delay grows
 * @param delay the delay after the first failed attempt, 0 to 30 days
 * @param factor what an exponential delay is multiplied by each time, 1 to 100; not read by the others
 * @param maxDelay the longest delay, also with jitter; not below {@code delay}, at most 30 days
 * @param jitter 0 to 1: the share of the delay by which it may be shorter or longer
 */
public record Backoff(Strategy strategy, Duration delay, double factor, Duration maxDelay, double jitter) {

    /** How the delay grows with the number of attempts. */
    public enum Strategy {
        /** Always the same. */
        FIXED,
        /** Delay times the attempt's number. */
        LINEAR,
        /** Delay times the factor, once more with each attempt. */
        EXPONENTIAL
    }

    /** The longest delay that a backoff may name. */
    public static final Duration LONGEST = Duration.ofDays(30);

    /** What a node gives a task that names none, unless its settings say otherwise: from 5 s, doubled up to an hour. */
    public static final Backoff DEFAULT =
            new Backoff(Strategy.EXPONENTIAL, Duration.ofSeconds(5), 2, Duration.ofHours(1), 0.1);

    /**
     * The wait after an attempt.
     *
     * @param effectiveAttempt the attempt's number among those that count, from 1
     * @param chance 0 (inclusive) to 1 (exclusive): where within the jitter the delay lies
     * @return microsecond precision, never negative, never beyond {@code maxDelay}
     */
    public Duration after(int effectiveAttempt, double chance) {
        double micros = delay.toNanos() / 1000.0 * growth(effectiveAttempt);
        double jittered = Math.min(micros, maxMicros()) * (1 + jitter * (2 * chance - 1));
        long whole = (long) Math.min(jittered, maxMicros());
        return Duration.ofNanos(whole * 1000);
    }

    private double growth(int effectiveAttempt) {
        return switch (strategy) {
            case FIXED -> 1;
            case LINEAR -> effectiveAttempt;
            case EXPONENTIAL -> Math.pow(factor, effectiveAttempt - 1.0);
        };
    }

    private double maxMicros() {
        return maxDelay.toNanos() / 1000.0;
    }
}

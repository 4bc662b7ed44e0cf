package dev.leasehold.attempt;

import dev.leasehold.api.Outcome;
import dev.leasehold.run.Transition;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What follows from an attempt's outcome (AQ 3.5): which way its run goes, and when it will be ready again by itself.
 *
 * @param transition how the run leaves Running
 * @param dueAt when it becomes ready without anybody's help; null when it does not
 */
public record Verdict(Transition transition, @Nullable Instant dueAt) {

    /**
     * Judges an outcome.
     *
     * @param policy the run's policy
     * @param effectiveAttempt the attempt's number among those that count, from 1
     * @param outcome how it ended
     * @param now the command's instant
     * @param chance 0 (inclusive) to 1 (exclusive): where within the backoff's jitter the wait lies
     * @throws IllegalArgumentException with AQ 3.5's text when the attempt's number cannot be, unless it was suspended
     */
    public static Verdict of(RetryPolicy policy, int effectiveAttempt, Outcome outcome, Instant now, double chance) {
        if (outcome.kind() == Outcome.Kind.SUSPENDED) {
            return new Verdict(Transition.SUSPEND, after(outcome, now));
        }
        requirePossible(policy, effectiveAttempt);
        return switch (outcome.kind()) {
            case SUCCESS -> new Verdict(Transition.COMPLETE, null);
            case TERMINAL_FAILURE -> new Verdict(Transition.FAIL, null);
            default -> failure(policy, effectiveAttempt, outcome, now, chance);
        };
    }

    /** Whether the run has ended with that. */
    boolean ends() {
        return transition.target().terminal();
    }

    /** What counts of an outcome: after the deadline it is a timeout whatever it says, a suspension excepted. */
    public static Outcome heard(Outcome outcome, Terms terms, Instant now) {
        boolean late = terms.deadline() != null && now.isAfter(terms.deadline());
        return late && outcome.kind() != Outcome.Kind.SUSPENDED ? Outcome.timeout(terms.timedOut()) : outcome;
    }

    private static Verdict failure(
            RetryPolicy policy, int effectiveAttempt, Outcome outcome, Instant now, double chance) {
        if (effectiveAttempt == policy.maxAttempts()) {
            return new Verdict(Transition.FAIL, null);
        }
        Instant wanted = after(outcome, now);
        Duration wait = policy.backoff().after(effectiveAttempt, chance);
        return new Verdict(Transition.RETRY, wanted == null ? now.plus(wait) : wanted);
    }

    private static @Nullable Instant after(Outcome outcome, Instant now) {
        return outcome.after() == null ? null : now.plus(outcome.after());
    }

    private static void requirePossible(RetryPolicy policy, int effectiveAttempt) {
        if (effectiveAttempt < 1) {
            throw new IllegalArgumentException(
                    "invalid attempt_number value (" + effectiveAttempt + "); expected >= 1");
        }
        if (effectiveAttempt > policy.maxAttempts()) {
            throw new IllegalArgumentException(
                    "attempt_number (" + effectiveAttempt + ") exceeds max_attempts (" + policy.maxAttempts() + ")");
        }
    }
}

package dev.leasehold.attempt;

import dev.leasehold.sql.Claimed;
import dev.leasehold.sql.LockedRun;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The terms of one attempt, fixed when it started.
 *
 * @param policy how often the run is attempted
 * @param effectiveAttempt the attempt's number among those that count, from 1
 * @param timeout how long it may take
 * @param deadline when it must have ended
 * @param startedAt when it began; null where no attempt is open
 */
public record Terms(
        RetryPolicy policy,
        int effectiveAttempt,
        @Nullable Duration timeout,
        @Nullable Instant deadline,
        @Nullable Instant startedAt) {

    /** The terms that a claim answered with the attempt that it started. */
    public static Terms of(Claimed claimed) {
        return new Terms(
                new RetryPolicy(claimed.maxAttempts(), claimed.backoff()),
                claimed.attemptsStarted() - claimed.attemptsSuspended(),
                claimed.timeout(),
                claimed.deadline(),
                claimed.startedAt());
    }

    /** The terms of the attempt that the run has open. */
    public static Terms of(LockedRun run) {
        LockedRun.Limits limits = run.limits();
        LockedRun.Open open = run.lease() == null ? null : run.lease().attempt();
        return new Terms(
                new RetryPolicy(limits.maxAttempts(), limits.backoff()),
                run.attemptsStarted() - run.attemptsSuspended(),
                limits.timeout(),
                run.lease() == null ? null : run.lease().deadline(),
                open == null ? null : open.startedAt());
    }

    /** AQ 4.3's text for an attempt that took longer than it may; the number has no trailing zeros. */
    public String timedOut() {
        return "attempt timed out after " + (timeout == null ? "" : seconds(timeout)) + "s";
    }

    private static String seconds(Duration duration) {
        return BigDecimal.valueOf(duration.toNanos(), 9).stripTrailingZeros().toPlainString();
    }
}

package dev.leasehold.http;

import dev.leasehold.api.Backoff;
import dev.leasehold.sql.Claimed;
import dev.leasehold.task.Task;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What bounds the attempts of a run, as it is in force. */
record ConstraintsView(
        int maxAttempts,
        @Nullable Duration timeoutSecs,
        @Nullable String concurrencyKey,
        String concurrencyKeyHoldPolicy,
        String safetyLevel,
        @Nullable List<String> requiredCapabilities,
        Delays backoff) {

    private record Delays(
            String strategy, Duration delaySecs, BigDecimal factor, Duration maxDelaySecs, BigDecimal jitter) {}

    static ConstraintsView of(Task task) {
        return view(task.maxAttempts(), task.timeout(), task.safetyLevel(), task.backoff());
    }

    static ConstraintsView of(Claimed run) {
        return view(run.maxAttempts(), run.timeout(), run.safetyLevel(), run.backoff());
    }

    private static ConstraintsView view(
            int maxAttempts, @Nullable Duration timeout, String safetyLevel, Backoff backoff) {
        return new ConstraintsView(
                maxAttempts,
                timeout,
                null,
                LaterMembers.HOLD,
                safetyLevel,
                null,
                new Delays(
                        BackoffRequest.word(backoff.strategy()),
                        backoff.delay(),
                        Seconds.plain(BigDecimal.valueOf(backoff.factor())),
                        backoff.maxDelay(),
                        Seconds.plain(BigDecimal.valueOf(backoff.jitter()))));
    }
}

package dev.leasehold.http;

import dev.leasehold.api.Backoff;
import dev.leasehold.api.NewTask;
import dev.leasehold.sql.Claimed;
import dev.leasehold.task.Task;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
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
        NewTask.Gates gates = task.gates();
        return new ConstraintsView(
                task.maxAttempts(),
                task.timeout(),
                gates.concurrencyKey(),
                Objects.requireNonNull(gates.hold()).word(),
                task.safetyLevel(),
                gates.capabilities(),
                delays(task.backoff()));
    }

    static ConstraintsView of(Claimed run) {
        Claimed.Keys keys = run.keys();
        return new ConstraintsView(
                run.maxAttempts(),
                run.timeout(),
                keys.concurrencyKey(),
                keys.holdPolicy(),
                run.safetyLevel(),
                keys.capabilities() == null ? null : List.of(keys.capabilities().split("\n", -1)),
                delays(run.backoff()));
    }

    private static Delays delays(Backoff backoff) {
        return new Delays(
                BackoffRequest.word(backoff.strategy()),
                backoff.delay(),
                Seconds.plain(BigDecimal.valueOf(backoff.factor())),
                backoff.maxDelay(),
                Seconds.plain(BigDecimal.valueOf(backoff.jitter())));
    }
}

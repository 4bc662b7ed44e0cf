package dev.leasehold.task;

import dev.leasehold.api.HoldPolicy;
import dev.leasehold.api.NewTask.Gates;
import dev.leasehold.api.Rate;
import dev.leasehold.api.Unique;
import jakarta.persistence.Column;
import jakarta.persistence.Embeddable;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The columns of a task that say what keeps its runs from being started. */
@Embeddable
class TaskGates {

    @Nullable
    @Column(name = "concurrency_key")
    String concurrencyKey;

    @Column(name = "hold_policy")
    String holdPolicy;

    @Nullable
    @Column(name = "capabilities")
    String capabilities;

    @Nullable
    @Column(name = "rate_name")
    String rateName;

    @Nullable
    @Column(name = "rate_limit")
    Integer rateLimit;

    @Nullable
    @Column(name = "rate_period_micros")
    Long ratePeriodMicros;

    @Nullable
    @Column(name = "expires_at")
    Instant expiresAt;

    @Nullable
    @Column(name = "unique_key")
    String uniqueKey;

    @Nullable
    @Column(name = "unique_until")
    String uniqueUntil;

    @Nullable
    @Column(name = "unique_period_micros")
    Long uniquePeriodMicros;

    @Nullable
    @Column(name = "unique_on_conflict")
    String uniqueOnConflict;

    /** For JPA. */
    @SuppressWarnings("NullAway.Init") // filled in by JPA
    protected TaskGates() {}

    Gates read() {
        return new Gates(
                concurrencyKey,
                holdPolicy.equals(HoldPolicy.RELEASE_ON_RETRY.word())
                        ? HoldPolicy.RELEASE_ON_RETRY
                        : HoldPolicy.HOLD_DURING_RETRY,
                capabilities == null ? null : List.of(capabilities.split("\n", -1)),
                rate(),
                expiresAt,
                unique());
    }

    private @Nullable Rate rate() {
        return rateName == null || rateLimit == null || ratePeriodMicros == null
                ? null
                : new Rate(rateName, rateLimit, Duration.of(ratePeriodMicros, ChronoUnit.MICROS));
    }

    private @Nullable Unique unique() {
        return uniqueKey == null
                ? null
                : new Unique(
                        uniqueKey,
                        Unique.Until.valueOf(Objects.requireNonNull(uniqueUntil)),
                        uniquePeriodMicros == null ? null : Duration.of(uniquePeriodMicros, ChronoUnit.MICROS),
                        Unique.OnConflict.valueOf(Objects.requireNonNull(uniqueOnConflict)));
    }
}

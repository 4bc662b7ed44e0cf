package dev.leasehold.task;

import dev.leasehold.api.Backoff;
import dev.leasehold.api.NewTask;
import jakarta.persistence.Column;
import jakarta.persistence.Embedded;
import jakarta.persistence.EmbeddedId;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Table;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What was asked for, without its payload. Nothing of it changes but that it may be called off. */
@Entity
@Table(schema = "leasehold", name = "task")
public class Task {

    @EmbeddedId
    TaskKey key;

    @Column(name = "type")
    String type;

    @Column(name = "queue")
    String queue;

    @Column(name = "run_policy")
    String runPolicy;

    @Column(name = "max_attempts")
    int maxAttempts;

    @Enumerated(EnumType.STRING)
    @Column(name = "backoff_strategy")
    Backoff.Strategy backoffStrategy;

    @Column(name = "backoff_delay_micros")
    long backoffDelayMicros;

    @Column(name = "backoff_factor")
    double backoffFactor;

    @Column(name = "backoff_max_delay_micros")
    long backoffMaxDelayMicros;

    @Column(name = "backoff_jitter")
    double backoffJitter;

    @Nullable
    @Column(name = "timeout_micros")
    Long timeoutMicros;

    @Column(name = "safety_level")
    String safetyLevel;

    @Embedded
    TaskGates gates;

    @Column(name = "tags")
    String tags;

    @Column(name = "priority")
    int priority;

    @Nullable
    @Column(name = "description")
    String description;

    @Column(name = "digest")
    String digest;

    @Column(name = "created_at")
    Instant createdAt;

    @Nullable
    @Column(name = "canceled_at")
    Instant canceledAt;

    /** For JPA. */
    @SuppressWarnings("NullAway.Init") // filled in by JPA
    protected Task() {}

    void recur(String policy) {
        runPolicy = policy;
    }

    void cancel(Instant now) {
        canceledAt = now;
    }

    /** Its id. */
    public UUID id() {
        return key.taskId();
    }

    /** Which handler does it. */
    public String type() {
        return type;
    }

    /** The queue it stands in. */
    public String queue() {
        return queue;
    }

    /** Its run policy as JSON. */
    public String runPolicy() {
        return runPolicy;
    }

    /** How many attempts of each run count at most. */
    public int maxAttempts() {
        return maxAttempts;
    }

    /** How long a run waits after a failed attempt. */
    public Backoff backoff() {
        return new Backoff(
                backoffStrategy,
                Duration.of(backoffDelayMicros, ChronoUnit.MICROS),
                backoffFactor,
                Duration.of(backoffMaxDelayMicros, ChronoUnit.MICROS),
                backoffJitter);
    }

    /** How long one attempt may take. */
    public @Nullable Duration timeout() {
        return timeoutMicros == null ? null : Duration.of(timeoutMicros, ChronoUnit.MICROS);
    }

    /** What its handler may rely on when it is repeated; told to workers only. */
    public String safetyLevel() {
        return safetyLevel;
    }

    /** What keeps its runs from being started. */
    public NewTask.Gates gates() {
        return gates.read();
    }

    /** Words to find it by. */
    public List<String> tags() {
        return Tags.read(tags);
    }

    /** Greater runs first. */
    public int priority() {
        return priority;
    }

    /** A sentence for operators. */
    public @Nullable String description() {
        return description;
    }

    /** What tells its specification from another's. */
    public String digest() {
        return digest;
    }

    /** When it was submitted. */
    public Instant createdAt() {
        return createdAt;
    }

    /** When it was called off. */
    public @Nullable Instant canceledAt() {
        return canceledAt;
    }
}

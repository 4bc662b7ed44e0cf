package dev.leasehold.lease;

import dev.leasehold.run.RunKey;
import jakarta.persistence.Column;
import jakarta.persistence.EmbeddedId;
import jakarta.persistence.Entity;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The right of one worker to one run, and the attempt that it has open. A run has at most one. */
@Entity
@Table(schema = "leasehold", name = "lease")
public class Lease {

    @EmbeddedId
    RunKey key;

    @Column(name = "owner")
    String owner;

    @Column(name = "fence")
    long fence;

    @Column(name = "acquired_at")
    Instant acquiredAt;

    @Column(name = "updated_at")
    Instant updatedAt;

    @Column(name = "expiry")
    Instant expiry;

    @Nullable
    @Column(name = "attempt_id")
    UUID attemptId;

    @Nullable
    @Column(name = "attempt_number")
    Integer attemptNumber;

    @Nullable
    @Column(name = "started_at")
    Instant startedAt;

    @Nullable
    @Column(name = "deadline")
    Instant deadline;

    @Nullable
    @Column(name = "node_id")
    UUID nodeId;

    @Nullable
    @Column(name = "progress_percent")
    Integer progressPercent;

    @Nullable
    @Column(name = "progress_message")
    String progressMessage;

    @Nullable
    @Column(name = "progress_at")
    Instant progressAt;

    /** For JPA. */
    @SuppressWarnings("NullAway.Init") // filled in by JPA
    protected Lease() {}

    /** The worker. */
    public String owner() {
        return owner;
    }

    /** The number that this lease has among all of its run. */
    public long fence() {
        return fence;
    }

    /** When it was granted. */
    public Instant acquiredAt() {
        return acquiredAt;
    }

    /** When its worker was last heard of. */
    public Instant updatedAt() {
        return updatedAt;
    }

    /** When it ends unless it is renewed. */
    public Instant expiry() {
        return expiry;
    }

    /** The open attempt, once the worker has begun. */
    public @Nullable UUID attemptId() {
        return attemptId;
    }

    /** The open attempt's number. */
    public @Nullable Integer attemptNumber() {
        return attemptNumber;
    }

    /** When the open attempt began. */
    public @Nullable Instant startedAt() {
        return startedAt;
    }

    /** When the open attempt must have ended. */
    public @Nullable Instant deadline() {
        return deadline;
    }

    /** How far its worker says the open attempt is; null while it said nothing. */
    public @Nullable Progress progress() {
        return progressPercent == null || progressAt == null
                ? null
                : new Progress(progressPercent, progressMessage, progressAt);
    }

    /** The node whose heartbeat keeps it; null when its worker renews it. */
    public @Nullable UUID nodeId() {
        return nodeId;
    }
}

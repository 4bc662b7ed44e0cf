package dev.leasehold.run;

import jakarta.persistence.Column;
import jakarta.persistence.EmbeddedId;
import jakarta.persistence.Entity;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What one command did to one run; written with the change, never changed after (decisions 4). */
@Entity
@Table(schema = "leasehold", name = "event")
public class RunEvent {

    @EmbeddedId
    RunEventKey key;

    @Column(name = "pos")
    long pos;

    @Column(name = "type")
    String type;

    @Column(name = "occurred_at")
    Instant occurredAt;

    @Column(name = "actor")
    String actor;

    @Column(name = "transitions")
    String transitions;

    @Nullable
    @Column(name = "fence")
    Long fence;

    @Nullable
    @Column(name = "attempt_id")
    UUID attemptId;

    @Nullable
    @Column(name = "attempt_number")
    Integer attemptNumber;

    @Nullable
    @Column(name = "priority")
    Integer priority;

    @Nullable
    @Column(name = "scheduled_at")
    Instant scheduledAt;

    @Nullable
    @Column(name = "due_at")
    Instant dueAt;

    @Nullable
    @Column(name = "reason")
    String reason;

    /** For JPA. */
    @SuppressWarnings("NullAway.Init") // filled in by JPA
    protected RunEvent() {}

    /** Its number within the run. */
    public int version() {
        return key.version();
    }

    /** Its place in the tenant's feed. */
    public long pos() {
        return pos;
    }

    /** One of the closed list of decisions 4. */
    public String type() {
        return type;
    }

    /** When the command ran, never before the run's previous event. */
    public Instant occurredAt() {
        return occurredAt;
    }

    /** Who asked for it. */
    public String actor() {
        return actor;
    }

    /** The steps the run took, in order. */
    public List<Step> steps() {
        return Step.parse(transitions);
    }

    /** The same; none where they cannot be read. */
    public Optional<List<Step>> readableSteps() {
        return Step.read(transitions);
    }

    /** The fence of the lease that was granted or used. */
    public @Nullable Long fence() {
        return fence;
    }

    /** The attempt that was started or ended. */
    public @Nullable UUID attemptId() {
        return attemptId;
    }

    /** That attempt's number. */
    public @Nullable Integer attemptNumber() {
        return attemptNumber;
    }

    /** The effective priority that the run has from here on. */
    public @Nullable Integer priority() {
        return priority;
    }

    /** The instant that the run is planned for from here on. */
    public @Nullable Instant scheduledAt() {
        return scheduledAt;
    }

    /** When the run will be ready by itself after a failed or suspended attempt. */
    public @Nullable Instant dueAt() {
        return dueAt;
    }

    /** Why, in the words of whoever asked. */
    public @Nullable String reason() {
        return reason;
    }
}

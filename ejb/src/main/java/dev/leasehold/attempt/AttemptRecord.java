package dev.leasehold.attempt;

import dev.leasehold.api.Payload;
import jakarta.persistence.Column;
import jakarta.persistence.EmbeddedId;
import jakarta.persistence.Entity;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** An attempt that has ended. One that is open stands in its run's lease. */
@Entity
@Table(schema = "leasehold", name = "attempt")
public class AttemptRecord {

    @EmbeddedId
    AttemptKey key;

    @Column(name = "attempt_id")
    UUID attemptId;

    @Column(name = "started_at")
    Instant startedAt;

    @Column(name = "finished_at")
    Instant finishedAt;

    @Nullable
    @Column(name = "result")
    String result;

    @Nullable
    @Column(name = "error")
    String error;

    @Nullable
    @Column(name = "output_content_type")
    String outputContentType;

    @Nullable
    @Column(name = "output_form")
    String outputForm;

    @Column(name = "output")
    byte @Nullable [] output;

    /** For JPA. */
    @SuppressWarnings("NullAway.Init") // filled in by JPA
    protected AttemptRecord() {}

    /** Its id. */
    public UUID attemptId() {
        return attemptId;
    }

    /** When it began. */
    public Instant startedAt() {
        return startedAt;
    }

    /** When it ended. */
    public Instant finishedAt() {
        return finishedAt;
    }

    /** {@code Success}, {@code Failure}, {@code Timeout} or {@code Suspended}; null when it was cut off. */
    public @Nullable String result() {
        return result;
    }

    /** Why it failed. */
    public @Nullable String error() {
        return error;
    }

    /** What it left behind. */
    public @Nullable Payload output() {
        return output == null || outputForm == null
                ? null
                : Payload.of(outputContentType, Payload.Form.valueOf(outputForm), output);
    }
}

package dev.leasehold.queue;

import jakarta.persistence.Column;
import jakarta.persistence.EmbeddedId;
import jakarta.persistence.Entity;
import jakarta.persistence.Table;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Nothing is claimed from a paused queue. Where all of them are paused, nothing becomes ready either; what runs goes on
 * and is recorded (AQ 6.2).
 */
@Entity
@Table(schema = "leasehold", name = "pause")
public class Pause {

    @EmbeddedId
    PauseKey key;

    @Column(name = "paused_at")
    Instant pausedAt;

    @Column(name = "paused_by")
    String pausedBy;

    @Nullable
    @Column(name = "reason")
    String reason;

    /** For JPA. */
    @SuppressWarnings("NullAway.Init") // filled in by JPA
    protected Pause() {}

    /** Since when. */
    public Instant pausedAt() {
        return pausedAt;
    }

    /** Who asked for it. */
    public String pausedBy() {
        return pausedBy;
    }

    /** Why. */
    public @Nullable String reason() {
        return reason;
    }
}

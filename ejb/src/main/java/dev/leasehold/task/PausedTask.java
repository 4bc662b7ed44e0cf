package dev.leasehold.task;

import jakarta.persistence.Column;
import jakarta.persistence.EmbeddedId;
import jakarta.persistence.Entity;
import jakarta.persistence.Table;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A task whose runs are neither derived nor made ready for the time being. */
@Entity
@Table(schema = "leasehold", name = "paused_task")
public class PausedTask {

    @EmbeddedId
    TaskKey key;

    @Column(name = "paused_at")
    Instant pausedAt;

    @Column(name = "paused_by")
    String pausedBy;

    @Nullable
    @Column(name = "reason")
    String reason;

    /** For JPA. */
    @SuppressWarnings("NullAway.Init") // filled in by JPA
    protected PausedTask() {}

    PausedTask(TaskKey key, Instant pausedAt, String pausedBy, @Nullable String reason) {
        this.key = key;
        this.pausedAt = pausedAt;
        this.pausedBy = pausedBy;
        this.reason = reason;
    }

    /** Since when. */
    public Instant pausedAt() {
        return pausedAt;
    }
}

package dev.leasehold.run;

import jakarta.persistence.Column;
import jakarta.persistence.EmbeddedId;
import jakarta.persistence.Entity;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** One execution that a task asked for. Its state changes only in the statements of {@code sql}, each with its event. */
@Entity
@Table(schema = "leasehold", name = "run")
public class Run {

    @EmbeddedId
    RunKey key;

    @Column(name = "task_id")
    UUID taskId;

    @Column(name = "lane_id")
    long laneId;

    @Column(name = "state")
    RunState state;

    @Column(name = "held")
    boolean held;

    @Nullable
    @Column(name = "due_at")
    Instant dueAt;

    @Column(name = "priority")
    int priority;

    @Column(name = "scheduled_at")
    Instant scheduledAt;

    @Column(name = "created_at")
    Instant createdAt;

    @Column(name = "version")
    int version;

    @Column(name = "fence")
    long fence;

    @Column(name = "attempts_started")
    int attemptsStarted;

    @Column(name = "attempts_suspended")
    int attemptsSuspended;

    /** For JPA. */
    @SuppressWarnings("NullAway.Init") // filled in by JPA
    protected Run() {}

    /** Its id. */
    public UUID id() {
        return key.runId();
    }

    /** Its tenant and id. */
    public RunKey key() {
        return key;
    }

    /** The task that asked for it. */
    public UUID taskId() {
        return taskId;
    }

    /** The number of its {@link Lane}. */
    public long laneId() {
        return laneId;
    }

    /** Where it stands. */
    public RunState state() {
        return state;
    }

    /** Whether an operator keeps it from being claimed. */
    public boolean held() {
        return held;
    }

    /** When it will be ready by itself, while it waits for that. */
    public @Nullable Instant dueAt() {
        return dueAt;
    }

    /** Its effective priority: the task's, copied when the run became ready; 0 until then. */
    public int priority() {
        return priority;
    }

    /** The instant it was planned for; a retry does not change it. */
    public Instant scheduledAt() {
        return scheduledAt;
    }

    /** When it came into being. */
    public Instant createdAt() {
        return createdAt;
    }

    /** The number of its last event. */
    public int version() {
        return version;
    }

    /** How many leases it was granted. */
    public long fence() {
        return fence;
    }

    /** How many attempts were started, suspended ones included. */
    public int attemptsStarted() {
        return attemptsStarted;
    }

    /** How many attempts ended in a suspension, and so do not count. */
    public int attemptsSuspended() {
        return attemptsSuspended;
    }
}

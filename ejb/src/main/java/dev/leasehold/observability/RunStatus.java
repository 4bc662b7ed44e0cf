package dev.leasehold.observability;

import dev.leasehold.api.WaitKind;
import dev.leasehold.run.RunState;
import dev.leasehold.wait.WaitStatus;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What a run's state, holds, waits, gates and dead letter come to, in one word (decisions 2). It is told, never stored. */
public enum RunStatus {
    /** It may be claimed, or its instant has not come. */
    QUEUED(RunPhase.QUEUED),
    /** A worker has it. */
    RUNNING(RunPhase.RUNNING_PHASE),
    /** It goes on at an instant. */
    SLEEPING(RunPhase.SLEEPING),
    /** It goes on when another system reports. */
    AWAITING_WEBHOOK(RunPhase.WAITING_WEBHOOK),
    /** It goes on when somebody consents. */
    AWAITING_APPROVAL(RunPhase.AWAITING_APPROVAL),
    /** It failed, and is tried again at an instant. */
    RETRYING(RunPhase.RETRYING),
    /** A permit or an earlier run keeps it. */
    BLOCKED(RunPhase.PAUSED_ATTENTION_REQUIRED),
    /** Somebody has to let it go on. */
    PAUSED(RunPhase.PAUSED_ATTENTION_REQUIRED),
    /** It is done. */
    COMPLETED(RunPhase.COMPLETED),
    /** It failed for good, and nothing is left to be decided about that. */
    FAILED(RunPhase.FAILED),
    /** It failed for good, and something is. */
    DEAD_LETTERED(RunPhase.FAILED),
    /** It was called off. */
    CANCELLED(RunPhase.CANCELLED);

    private static final List<RunStatus> ATTENTION = List.of(PAUSED, BLOCKED, FAILED, DEAD_LETTERED, RETRYING);

    /**
     * What it is made of.
     *
     * @param state where the run stands
     * @param held whether an operator holds it
     * @param active the oldest wait that blocks it
     * @param gated whether a permit or an earlier run keeps it
     * @param timed whether it goes on by itself at an instant
     * @param unsettled whether something is left to be decided about its failure
     */
    record Standing(
            RunState state, boolean held, @Nullable Active active, boolean gated, boolean timed, boolean unsettled) {}

    /** A wait that blocks: for what, and whether that is late. */
    record Active(String kind, boolean late) {
        static Active of(String kind, String status) {
            return new Active(kind, !status.equals(WaitStatus.WAITING.word()));
        }
    }

    private final RunPhase phase;

    RunStatus(RunPhase phase) {
        this.phase = phase;
    }

    /** Its phase. */
    public RunPhase phase() {
        return phase;
    }

    /** Its word. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Whether somebody should look after the run (tandem 6.1). */
    public boolean needsAttention() {
        return ATTENTION.contains(this);
    }

    /** The words of those that somebody should look after. */
    public static List<String> attentionWords() {
        return ATTENTION.stream().map(RunStatus::word).toList();
    }

    static RunStatus of(Standing run) {
        if (run.state().terminal()) {
            return ended(run);
        }
        if (run.held()) {
            return PAUSED;
        }
        if (run.active() != null) {
            return waiting(run.active());
        }
        return run.gated() ? BLOCKED : under(run);
    }

    private static RunStatus ended(Standing run) {
        if (run.state() == RunState.FAILED) {
            return run.unsettled() ? DEAD_LETTERED : FAILED;
        }
        return run.state() == RunState.COMPLETED ? COMPLETED : CANCELLED;
    }

    private static RunStatus waiting(Active wait) {
        if (wait.late()) {
            return PAUSED;
        }
        return switch (kind(wait)) {
            case TIMER -> SLEEPING;
            case APPROVAL -> AWAITING_APPROVAL;
            case WEBHOOK, SIGNAL, EXTERNAL -> AWAITING_WEBHOOK;
        };
    }

    private static WaitKind kind(Active wait) {
        return Arrays.stream(WaitKind.values())
                .filter(kind -> kind.word().equals(wait.kind()))
                .findFirst()
                .orElse(WaitKind.EXTERNAL);
    }

    private static RunStatus under(Standing run) {
        return switch (run.state()) {
            case LEASED, RUNNING -> RUNNING;
            case RETRY_WAIT -> RETRYING;
            case SUSPENDED -> run.timed() ? SLEEPING : PAUSED;
            default -> QUEUED;
        };
    }
}

package dev.leasehold.observability;

import dev.leasehold.run.RunState;
import dev.leasehold.run.Transition;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;

/** Where a run is in its life, coarser than its status (tandem 3.1). */
public enum RunPhase {
    /** It was submitted. */
    CREATED,
    /** It waits for a worker. */
    QUEUED,
    /** A worker has it. */
    RUNNING_PHASE,
    /** It waits for an instant. */
    SLEEPING,
    /** It waits for another system. */
    WAITING_WEBHOOK,
    /** It waits for somebody's consent. */
    AWAITING_APPROVAL,
    /** It waits to be tried again. */
    RETRYING,
    /** It waits for somebody to do something about it. */
    PAUSED_ATTENTION_REQUIRED,
    /** It failed for good. */
    FAILED,
    /** It is done. */
    COMPLETED,
    /** It was called off. */
    CANCELLED;

    private static final Set<RunState> HOLDABLE = EnumSet.of(RunState.SCHEDULED, RunState.READY, RunState.RETRY_WAIT);

    /** Its word. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The phases that may follow that of a run in this state: where transitions, holds and waits can bring it. */
    Set<RunPhase> next(RunState state) {
        EnumSet<RunPhase> next = EnumSet.noneOf(RunPhase.class);
        Arrays.stream(Transition.values())
                .filter(verb -> verb.sources().contains(state))
                .forEach(verb -> next.addAll(of(verb.target())));
        if (HOLDABLE.contains(state)) {
            next.add(PAUSED_ATTENTION_REQUIRED);
        }
        if (HOLDABLE.contains(state) || state == RunState.SUSPENDED) {
            next.addAll(EnumSet.of(SLEEPING, WAITING_WEBHOOK, AWAITING_APPROVAL, PAUSED_ATTENTION_REQUIRED));
            next.addAll(of(state));
        }
        next.remove(this);
        return next;
    }

    private static Set<RunPhase> of(RunState state) {
        return switch (state) {
            case SCHEDULED, READY -> EnumSet.of(QUEUED);
            case LEASED, RUNNING -> EnumSet.of(RUNNING_PHASE);
            case RETRY_WAIT -> EnumSet.of(RETRYING);
            case SUSPENDED -> EnumSet.of(SLEEPING, PAUSED_ATTENTION_REQUIRED);
            case COMPLETED -> EnumSet.of(COMPLETED);
            case FAILED -> EnumSet.of(FAILED);
            case CANCELED -> EnumSet.of(CANCELLED);
        };
    }
}

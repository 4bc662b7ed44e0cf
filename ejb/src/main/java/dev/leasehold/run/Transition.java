package dev.leasehold.run;

import static dev.leasehold.run.RunState.CANCELED;
import static dev.leasehold.run.RunState.COMPLETED;
import static dev.leasehold.run.RunState.FAILED;
import static dev.leasehold.run.RunState.LEASED;
import static dev.leasehold.run.RunState.READY;
import static dev.leasehold.run.RunState.RETRY_WAIT;
import static dev.leasehold.run.RunState.RUNNING;
import static dev.leasehold.run.RunState.SCHEDULED;
import static dev.leasehold.run.RunState.SUSPENDED;

import java.util.Arrays;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * The transition table (AQ 2.3): every verb that moves a run, the states it moves it from, and the one it moves it to.
 * Terminal states, the words in statements and events, the state column's check and docs/lifecycle.md follow from it.
 */
public enum Transition {
    /** A task's run comes into being. */
    SUBMIT(SCHEDULED),
    /** Its instant has come. */
    PROMOTE(READY, SCHEDULED, RETRY_WAIT),
    /** A suspended run goes on, by request or because its pause is over. */
    RESUME(READY, SUSPENDED),
    /** A worker is granted the run. */
    LEASE(LEASED, READY),
    /** The worker gave it back, or let the lease lapse, before it began. */
    RELEASE(READY, LEASED),
    /** The worker begins an attempt. */
    START(RUNNING, LEASED),
    /** The attempt failed and another is left. */
    RETRY(RETRY_WAIT, RUNNING),
    /** The handler put the run aside. */
    SUSPEND(SUSPENDED, RUNNING),
    /** The attempt succeeded. */
    COMPLETE(COMPLETED, RUNNING),
    /** The attempt failed and none is left, or waiting for one was given up. */
    FAIL(FAILED, RUNNING, RETRY_WAIT),
    /** Somebody called the run off. */
    CANCEL(CANCELED, SCHEDULED, READY, LEASED, RUNNING, RETRY_WAIT, SUSPENDED);

    private final RunState target;

    @SuppressWarnings("ImmutableEnumChecker") // unmodifiable, and kept ordered for messages and documents
    private final Set<RunState> sources;

    Transition(RunState target, RunState... sources) {
        this.target = target;
        EnumSet<RunState> set = EnumSet.noneOf(RunState.class);
        set.addAll(Arrays.asList(sources));
        this.sources = Collections.unmodifiableSet(set);
    }

    /** The state it leads to. */
    public RunState target() {
        return target;
    }

    /** The states it leads from, in their order; none for the verb that creates a run. */
    public Set<RunState> sources() {
        return sources;
    }

    /** Its pairs, each as one step of a run's history. */
    public List<Step> steps() {
        return sources.isEmpty()
                ? List.of(new Step(null, target))
                : sources.stream().map(source -> new Step(source, target)).toList();
    }

    /** Whether some verb leads from one state to the other. */
    public static boolean allows(RunState from, RunState to) {
        return Arrays.stream(values()).anyMatch(verb -> verb.target == to && verb.sources.contains(from));
    }
}

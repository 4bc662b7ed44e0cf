package dev.leasehold.api;

import java.time.Instant;
import java.util.List;
import java.util.OptionalLong;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** One attempt at a run, as its handler sees it. It belongs to the thread that was given it, until the handler returns. */
public interface Attempt {

    /** The task that was submitted. */
    UUID taskId();

    /** The run; the same in every attempt, and so the natural idempotency key. */
    UUID runId();

    /** This attempt. */
    UUID attemptId();

    /** 1 for the first attempt; suspended attempts count here too. */
    int number();

    /** How many attempts that were not suspended the run may use. */
    int maxAttempts();

    /** Greater with every lease of this run: pass it on to whatever must refuse a worker that lost its lease. */
    long fence();

    /**
     * Greater with every lease of any run of this run's concurrency key, while that key has the limit 1 (or 0, when it is drained): pass it on to whatever
     * must refuse a worker that lost the key, as {@link FenceTable} does. Other than {@link #fence()}, which orders the
     * attempts of this run only, it orders all of the key's. Empty where the run has no key, or one with another limit.
     */
    OptionalLong keyFence();

    /** The task's concurrency key; null when it has none. */
    @Nullable
    String key();

    /** The task's type. */
    String type();

    /** The task's queue. */
    String queue();

    /** The words that its submitter gave the task; empty where there are none. */
    List<String> tags();

    /** The sentence that its submitter gave the task for operators; null when there is none. */
    @Nullable
    String description();

    /** When the attempt must have ended; a result after it counts as a timeout. Null when there is none. */
    @Nullable
    Instant deadline();

    /** Tells whether the attempt should stop; may be handed to other threads. */
    Cancellation cancellation();

    /** Whether the attempt should stop: its run was canceled, its deadline has passed, or its lease was lost. */
    default boolean cancelRequested() {
        return cancellation().requested();
    }

    /**
     * What the run waited for so far and waits for no more, in the order in which it was over: what its attempts suspended for
     * ({@link Outcome#waitFor}), and what an operator had it wait for. Read anew at each call, in a transaction of its own.
     *
     * @return the newest 1000
     */
    List<Received> received();

    /**
     * Says how far the attempt is, for whoever looks at the run. Cheap enough for a loop: what was said last is stored every
     * {@code leasehold.promote-secs} (1), together with that of this node's other attempts, in no transaction of the handler's;
     * what the attempt said before it ended may never be seen. It changes neither the run's version nor its history.
     *
     * @param percent 0 to 100
     * @param message a few words, of which the first 255 characters are kept; null for none
     * @throws IllegalArgumentException when the percentage is out of its bounds
     */
    void progress(int percent, @Nullable String message);

    /**
     * Submits a task if this attempt succeeds or is suspended: in the transaction that records that, so once, or not at all. After a
     * failure, a timeout or a lost lease the task was never there. What can be told of the task alone is refused at once, as by
     * {@link TaskQueue#submit}; what the queue refuses when it comes to it (a unique task with {@code reject}, an id that is taken)
     * makes the attempt a failure that may be retried, and nothing of it is submitted.
     *
     * <p>Other than {@link TaskQueue#submit}, which joins the transaction that is open when it is called, this does the same
     * whether or not the handler declares {@link HandlerTransaction#WITH_COMPLETION}.
     *
     * @param task what is to be done
     * @return the task's id: the one it names, or a new one. Where a unique task of that key is there already and is to be
     *     taken for this one, there will be none of this id
     * @throws IllegalStateException when the attempt has submitted 1000 tasks or 16 MiB of payloads already, when its handler has
     *     returned, or when its lease was lost before it began
     */
    UUID submit(NewTask task);
}

package dev.leasehold.api;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How an attempt ended, as its worker reports it (AQ 3.4). The queue decides what follows: a retryable failure or a
 * timeout is tried again while attempts are left, a terminal failure never is, a suspension uses no attempt.
 *
 * @param kind what happened
 * @param error why it failed; present for failures and timeouts, and only there
 * @param output what the attempt leaves behind; only with success and suspension; empty bytes count as none
 * @param after for a retryable failure when to try again in place of the task's backoff; for a suspension when to
 *     resume by itself. 0 to 24 hours
 * @param awaited for a suspension what the run is to wait for, in place of a delay
 */
public record Outcome(
        Kind kind,
        @Nullable String error,
        @Nullable Payload output,
        @Nullable Duration after,
        @Nullable Awaited awaited) {

    /** The five ways in which an attempt ends. */
    public enum Kind {
        /** The work is done. */
        SUCCESS("Success"),
        /** The work failed and may be tried again. */
        RETRYABLE_FAILURE("Failure"),
        /** The work failed and must not be tried again. */
        TERMINAL_FAILURE("Failure"),
        /** The work took longer than it may. */
        TIMEOUT("Timeout"),
        /** The work waits for something; the attempt does not count. */
        SUSPENDED("Suspended");

        private final String result;

        Kind(String result) {
            this.result = result;
        }

        /** The word that the attempt's record keeps: both failures read the same there. */
        public String result() {
            return result;
        }

        /** Whether it is neither a success nor a suspension. */
        public boolean failed() {
            return this != SUCCESS && this != SUSPENDED;
        }
    }

    /** The longest {@link #after()}. */
    public static final Duration LONGEST_AFTER = Duration.ofDays(1);

    /**
     * Checks AQ 3.4's rules.
     *
     * @throws IllegalArgumentException with AQ 3.4's text when error, output or delay do not fit the kind
     */
    public Outcome {
        if (output != null && output.size() == 0) {
            output = null;
        }
        requireFittingError(kind, error);
        if (kind.failed() && output != null) {
            throw new IllegalArgumentException("non-success outcome " + kind.result() + " cannot carry output bytes");
        }
        requireFittingDelay(kind, after);
        requireFittingWait(kind, after, awaited);
    }

    /** An outcome that waits for nothing but perhaps a delay. */
    public Outcome(Kind kind, @Nullable String error, @Nullable Payload output, @Nullable Duration after) {
        this(kind, error, output, after, null);
    }

    private static void requireFittingError(Kind kind, @Nullable String error) {
        if (kind.failed() && error == null) {
            throw new IllegalArgumentException(kind.result() + " outcome must have an error detail");
        }
        if (!kind.failed() && error != null) {
            throw new IllegalArgumentException(kind.result() + " outcome must not have an error detail, got: " + error);
        }
    }

    private static void requireFittingDelay(Kind kind, @Nullable Duration after) {
        if (after == null) {
            return;
        }
        if (kind != Kind.RETRYABLE_FAILURE && kind != Kind.SUSPENDED) {
            throw new IllegalArgumentException(kind.result() + " outcome cannot carry a delay");
        }
        if (after.isNegative() || after.compareTo(LONGEST_AFTER) > 0) {
            throw new IllegalArgumentException("delay must be between 0 and 86400 seconds, got: " + after);
        }
    }

    private static void requireFittingWait(Kind kind, @Nullable Duration after, @Nullable Awaited awaited) {
        if (awaited == null) {
            return;
        }
        if (kind != Kind.SUSPENDED) {
            throw new IllegalArgumentException(kind.result() + " outcome cannot wait for anything");
        }
        if (after != null) {
            throw new IllegalArgumentException("Suspended outcome cannot carry a delay and wait for something else");
        }
    }

    /** Done, with nothing to leave behind. */
    public static Outcome success() {
        return new Outcome(Kind.SUCCESS, null, null, null);
    }

    /** Done, leaving an output. */
    public static Outcome success(Payload output) {
        return new Outcome(Kind.SUCCESS, null, output, null);
    }

    /** Failed; to be tried again after the task's backoff while attempts are left. */
    public static Outcome retry(String error) {
        return new Outcome(Kind.RETRYABLE_FAILURE, error, null, null);
    }

    /** Failed; to be tried again after a delay of the handler's choice, 0 to 24 hours. */
    public static Outcome retry(String error, Duration after) {
        return new Outcome(Kind.RETRYABLE_FAILURE, error, null, after);
    }

    /** Took longer than it may; to be tried again while attempts are left. */
    public static Outcome timeout(String error) {
        return new Outcome(Kind.TIMEOUT, error, null, null);
    }

    /** Failed for good. */
    public static Outcome fail(String error) {
        return new Outcome(Kind.TERMINAL_FAILURE, error, null, null);
    }

    /** Not yet: ready again after a delay, 0 to 24 hours, without an attempt being counted. */
    public static Outcome snooze(Duration after) {
        return new Outcome(Kind.SUSPENDED, null, null, after);
    }

    /**
     * Not yet: ready again when that has happened, without an attempt being counted. The next attempt finds what came of it in
     * {@link Attempt#received()}.
     */
    public static Outcome waitFor(Awaited awaited) {
        return new Outcome(Kind.SUSPENDED, null, null, null, awaited);
    }
}

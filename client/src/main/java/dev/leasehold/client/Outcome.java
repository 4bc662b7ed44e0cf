package dev.leasehold.client;

import com.fasterxml.jackson.annotation.JsonValue;
import java.time.Duration;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * How an attempt ended (http.md 3). Which members a result may have is the server's rule (AQ 3.4); the methods here follow
 * it.
 *
 * @param error why it failed; cleaned and cut to 8000 characters
 * @param retryInSecs when to try again, up to a day, in place of the task's backoff
 * @param resumeInSecs when a suspended run is ready again by itself, up to a day
 */
public record Outcome(
        Result result,
        @Nullable String error,
        @Nullable Payload output,
        @Nullable Duration retryInSecs,
        @Nullable Duration resumeInSecs) {

    /** The kinds of endings. */
    public enum Result {
        /** Done. */
        SUCCESS,
        /** To be tried again while attempts are left. */
        RETRYABLE_FAILURE,
        /** Not to be tried again. */
        TERMINAL_FAILURE,
        /** The time was over; tried again like a failure. */
        TIMEOUT,
        /** Put aside; no attempt counts. */
        SUSPENDED;

        /** The word in requests. */
        @JsonValue
        String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** Cleans the error. */
    public Outcome {
        error = error == null ? null : Text.error(error);
    }

    /** Done, with nothing to show. */
    public static Outcome success() {
        return new Outcome(Result.SUCCESS, null, null, null, null);
    }

    /** Done. */
    public static Outcome success(Payload output) {
        return new Outcome(Result.SUCCESS, null, output, null, null);
    }

    /** To be tried again after the task's backoff. */
    public static Outcome retry(String error) {
        return new Outcome(Result.RETRYABLE_FAILURE, error, null, null, null);
    }

    /** To be tried again after that time. */
    public static Outcome retry(String error, Duration after) {
        return new Outcome(Result.RETRYABLE_FAILURE, error, null, after, null);
    }

    /** Failed for good. */
    public static Outcome fail(String error) {
        return new Outcome(Result.TERMINAL_FAILURE, error, null, null, null);
    }

    /** Gave up because its time was over. */
    public static Outcome timeout(String error) {
        return new Outcome(Result.TIMEOUT, error, null, null, null);
    }

    /** Put aside until somebody resumes it. */
    public static Outcome suspend() {
        return new Outcome(Result.SUSPENDED, null, null, null, null);
    }

    /** Put aside for that time. */
    public static Outcome snooze(Duration time) {
        return new Outcome(Result.SUSPENDED, null, null, null, time);
    }
}

package dev.leasehold.api;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Makes a task the only one of its type and key for a while.
 *
 * @param key 1 to 255 characters; unique within tenant and task type
 * @param until for how long it is the only one
 * @param period for no longer than that, 1 second to 10 years; null for as long as {@code until} says
 * @param onConflict what a second one meets
 */
public record Unique(String key, Until until, @Nullable Duration period, OnConflict onConflict) {

    /** For how long. */
    public enum Until {
        /** Until an attempt of its first run has started. */
        STARTED,
        /** Until all its runs have ended. */
        FINISHED,
        /** For ever. */
        FOREVER
    }

    /** What a second task of the key meets. */
    public enum OnConflict {
        /** It is answered with the task that is there. */
        EXISTING,
        /** It is refused. */
        REJECT
    }
}

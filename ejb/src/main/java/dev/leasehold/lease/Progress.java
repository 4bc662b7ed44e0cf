package dev.leasehold.lease;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How far an attempt is, by what its handler said.
 *
 * @param percent 0 to 100
 * @param message a few words, at most {@link #LONGEST} characters
 * @param updatedAt when it was stored
 */
public record Progress(int percent, @Nullable String message, Instant updatedAt) {

    /** The most UTF-16 units of a message. */
    public static final int LONGEST = 255;
}

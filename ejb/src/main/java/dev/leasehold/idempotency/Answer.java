package dev.leasehold.idempotency;

import org.jspecify.annotations.Nullable;

/**
 * An answer as it was given.
 *
 * @param status the HTTP status
 * @param location the Location header
 * @param body the body; null when it was too long to be kept
 */
public record Answer(
        int status, @Nullable String location, @Nullable String body) {

    /** The most characters of a body that are kept. */
    public static final int LARGEST = 64 << 10;
}

package dev.leasehold.idempotency;

import org.jspecify.annotations.Nullable;

/**
 * An answer as it was given.
 *
 * @param status the HTTP status
 * @param location the Location header
 * @param body the body, at most 64 KiB; null when it was larger
 */
public record Answer(int status, @Nullable String location, byte @Nullable [] body) {

    /** The most bytes of a body that are kept. */
    public static final int LARGEST = 64 << 10;
}

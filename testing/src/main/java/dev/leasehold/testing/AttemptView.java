package dev.leasehold.testing;

import dev.leasehold.api.Payload;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An attempt that has ended.
 *
 * @param result {@code Success}, {@code Failure}, {@code Timeout} or {@code Suspended}; null when its run was canceled meanwhile
 * @param error why it failed; null when it did not
 * @param output what it left behind; null for nothing
 * @param startedAt when it began
 * @param finishedAt when it ended
 */
public record AttemptView(
        @Nullable String result,
        @Nullable String error,
        @Nullable Payload output,
        Instant startedAt,
        Instant finishedAt) {}

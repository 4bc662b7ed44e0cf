package dev.leasehold.attempt;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An attempt that has ended, without what it put out.
 *
 * @param number its number within the run
 * @param attemptId its id
 * @param startedAt when it began
 * @param finishedAt when it ended
 * @param result how
 * @param error why it failed
 */
public record EndedAttempt(
        int number,
        UUID attemptId,
        Instant startedAt,
        Instant finishedAt,
        @Nullable String result,
        @Nullable String error) {}

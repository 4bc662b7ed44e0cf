package dev.leasehold.testing;

import dev.leasehold.run.RunState;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A run as it stood when it was asked for.
 *
 * @param id the run
 * @param taskId the task that asked for it
 * @param type the task's type
 * @param state where it stands
 * @param attempts its attempts that have ended, in their order
 * @param nextAttemptAt when it will be ready by itself; null when it is ready, under way, or has ended
 * @param scheduledAt the instant it was planned for
 * @param history the steps it took, such as {@code Scheduled>Ready}; the first is {@code >Scheduled}
 */
public record RunView(
        UUID id,
        UUID taskId,
        String type,
        RunState state,
        List<AttemptView> attempts,
        @Nullable Instant nextAttemptAt,
        Instant scheduledAt,
        List<String> history) {}

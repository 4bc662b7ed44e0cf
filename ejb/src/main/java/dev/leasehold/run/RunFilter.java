package dev.leasehold.run;

import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Which runs a list shows; what is null or empty does not narrow it.
 *
 * @param states any of these states
 * @param taskId the runs of that task
 * @param type the runs of that task type
 * @param queue the runs in that queue
 */
public record RunFilter(
        Set<RunState> states,
        @Nullable UUID taskId,
        @Nullable String type,
        @Nullable String queue) {}

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
 * @param tag the runs of tasks with that tag
 * @param concurrencyKey the runs of that key
 */
public record RunFilter(
        Set<RunState> states,
        @Nullable UUID taskId,
        @Nullable String type,
        @Nullable String queue,
        @Nullable String tag,
        @Nullable String concurrencyKey) {

    /** Runs in any of these states, of one task, type or queue. */
    public RunFilter(Set<RunState> states, @Nullable UUID taskId, @Nullable String type, @Nullable String queue) {
        this(states, taskId, type, queue, null, null);
    }
}

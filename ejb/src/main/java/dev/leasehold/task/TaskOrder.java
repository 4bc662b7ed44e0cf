package dev.leasehold.task;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What somebody asks to be done to a task.
 *
 * @param taskId the task
 * @param version the version of its schedule that the asker has seen, 0 where it has none; null for any
 * @param reason why; 1 to 1000 characters
 */
public record TaskOrder(
        UUID taskId, @Nullable Integer version, @Nullable String reason) {

    /** To be done in any case, without a reason. */
    public static TaskOrder of(UUID task) {
        return new TaskOrder(task, null, null);
    }
}

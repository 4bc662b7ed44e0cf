package dev.leasehold.api;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An attempt of a run has failed, taken too long, or was lost with its worker. It comes as {@link RunFinished} does, in no
 * order with it.
 *
 * @param runId the run
 * @param taskId its task
 * @param type its task's type
 * @param queue the queue it stood in
 * @param attemptId the attempt
 * @param result {@code Failure} or {@code Timeout}
 * @param error what went wrong; null when nothing was said
 */
public record AttemptFailed(
        UUID runId,
        UUID taskId,
        String type,
        String queue,
        UUID attemptId,
        String result,
        @Nullable String error) {}

package dev.leasehold.worker;

import dev.leasehold.sql.Claimed;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An attempt that this process carries out, as the process itself knows it.
 *
 * @param runId the run
 * @param taskId the task that asked for it
 * @param fence the number of the lease that it was granted
 * @param attemptId the attempt
 * @param attempt its number
 * @param since when it began
 */
public record UnderWay(
        UUID runId,
        UUID taskId,
        long fence,
        @Nullable UUID attemptId,
        int attempt,
        @Nullable Instant since) {

    static UnderWay of(Claimed run) {
        return new UnderWay(
                run.runId(), run.taskId(), run.fence(), run.attemptId(), run.attemptsStarted(), run.startedAt());
    }
}

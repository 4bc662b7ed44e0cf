package dev.leasehold.registry;

import dev.leasehold.sql.RegistryStatement.Leased;
import dev.leasehold.worker.UnderWay;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A run that is carried out now.
 *
 * @param taskId the task that asked for it
 * @param runId the run
 * @param residency where
 * @param status its state's word
 * @param fence the number of its lease
 * @param owner who holds that
 * @param nodeId the node's process; null for a worker that is none
 * @param attemptId the attempt, once it was started
 * @param attempt its number
 * @param since when the attempt began, or else the lease
 */
public record Entry(
        UUID taskId,
        UUID runId,
        Residency residency,
        String status,
        long fence,
        String owner,
        @Nullable UUID nodeId,
        @Nullable UUID attemptId,
        @Nullable Integer attempt,
        @Nullable Instant since) {

    /** Where a run is carried out. */
    public enum Residency {
        /** By the node that answers, which says so by itself. */
        RESIDENT,
        /** By another node or worker, as its lease says. */
        REMOTE
    }

    private static final String RUNNING = "Running";

    static Entry resident(UnderWay one, String owner, UUID node) {
        return new Entry(
                one.taskId(),
                one.runId(),
                Residency.RESIDENT,
                RUNNING,
                one.fence(),
                owner,
                node,
                one.attemptId(),
                one.attempt(),
                one.since());
    }

    static Entry remote(Leased one) {
        return new Entry(
                one.taskId(),
                one.runId(),
                Residency.REMOTE,
                one.attemptId() == null ? "Leased" : RUNNING,
                one.fence(),
                one.owner(),
                one.nodeId(),
                one.attemptId(),
                one.attempt(),
                one.startedAt() == null ? one.acquiredAt() : one.startedAt());
    }
}

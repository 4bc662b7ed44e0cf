package dev.leasehold.api;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One attempt at a run, as its handler sees it.
 *
 * @param taskId the task that was submitted
 * @param runId the run; the same in every attempt, and so the natural idempotency key
 * @param attemptId this attempt
 * @param number 1 for the first attempt; suspended attempts count here too
 * @param maxAttempts how many attempts that were not suspended the run may use
 * @param fence greater with every lease of this run: pass it on to whatever must refuse a worker that lost its lease
 * @param type the task's type
 * @param queue the task's queue
 * @param deadline when the attempt must have ended; a result after it counts as a timeout. Null when there is none
 * @param cancellation tells whether the attempt should stop
 */
public record Attempt(
        UUID taskId,
        UUID runId,
        UUID attemptId,
        int number,
        int maxAttempts,
        long fence,
        String type,
        String queue,
        @Nullable Instant deadline,
        Cancellation cancellation) {

    /** Whether the attempt should stop: its run was canceled, its deadline has passed, or its lease was lost. */
    public boolean cancelRequested() {
        return cancellation.requested();
    }
}

package dev.leasehold.api;

import java.util.UUID;

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
 */
public record Attempt(
        UUID taskId, UUID runId, UUID attemptId, int number, int maxAttempts, long fence, String type, String queue) {}

package dev.leasehold.api;

import java.util.UUID;

/**
 * A run is over. Observe it ({@code void on(@Observes RunFinished run)}) to refresh a cache or to tell a user: it comes after
 * the commit that ended the run, on a thread for observers and without a transaction, to those of the node that committed, at
 * most once. What must not be missed is submitted as a task with the attempt ({@link Attempt#submit}), or read
 * from the feed of events.
 *
 * @param runId the run
 * @param taskId its task
 * @param type its task's type
 * @param queue the queue it stood in
 * @param state {@code Completed}, {@code Failed}, {@code Canceled} or another end state's word
 */
public record RunFinished(UUID runId, UUID taskId, String type, String queue, String state) {}

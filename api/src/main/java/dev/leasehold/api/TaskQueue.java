package dev.leasehold.api;

import java.util.UUID;

/**
 * Where an application hands over its tasks. Inject it.
 *
 * <p>Submitting joins the caller's JTA transaction and opens one where there is none: the task is there exactly when
 * that transaction commits. A refused task is a {@code dev.leasehold.fault.Fault}; it does not mark the transaction
 * for rollback.
 */
public interface TaskQueue {

    /**
     * Submits a task.
     *
     * @param task what is to be done
     * @return the task's id: the one it names, or a new one
     */
    UUID submit(NewTask task);
}

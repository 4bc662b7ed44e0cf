package dev.leasehold.api;

import java.util.UUID;

/**
 * Where an application hands over its tasks. Inject it.
 *
 * <p>Submitting joins the caller's JTA transaction: the task is there exactly when that transaction commits. Without one it
 * is committed when the call returns, and what several threads submit at the same moment may be committed together; what
 * fails for a passing reason is tried three times.
 *
 * <p>A refused task is a {@code dev.leasehold.fault.Fault}; it does not mark the transaction for rollback. Without a
 * transaction its code may also be {@code database_unavailable}, when nothing was stored, or {@code outcome_unknown}, when
 * nobody knows: submit again, under an id of your own if it must not be there twice. Other failures of the database are a
 * {@code jakarta.ejb.EJBException}.
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

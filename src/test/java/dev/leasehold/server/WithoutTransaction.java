package dev.leasehold.server;

import dev.leasehold.api.NewTask;
import dev.leasehold.api.TaskQueue;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.util.UUID;

/** An application's bean whose transactions are the container's, which it has none of. */
@Stateless
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class WithoutTransaction {

    @Inject
    TaskQueue queue;

    /** Hands the task over. */
    public UUID submit(NewTask task) {
        return queue.submit(task);
    }
}

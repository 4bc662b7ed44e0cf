package dev.leasehold.server;

import dev.leasehold.api.AttemptFailed;
import dev.leasehold.api.RunFinished;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.ObservesAsync;
import jakarta.inject.Inject;
import jakarta.transaction.NotSupportedException;
import jakarta.transaction.Status;
import jakarta.transaction.SystemException;
import jakarta.transaction.UserTransaction;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;

/** An application's bean that hears what became of runs, and does first all that an observer should not. */
@ApplicationScoped
public class Witness {

    private final List<RunFinished> runs = new CopyOnWriteArrayList<>();
    private final List<RunFinished> later = new CopyOnWriteArrayList<>();
    private final List<AttemptFailed> attempts = new CopyOnWriteArrayList<>();

    @Inject
    UserTransaction transaction;

    void careless(@Observes @Priority(1) RunFinished run) throws NotSupportedException, SystemException {
        transaction.begin();
        Thread.currentThread().interrupt();
        throw new AssertionError("an observer that fails");
    }

    void over(@Observes @Priority(2) RunFinished run) throws SystemException {
        if (!Thread.currentThread().isInterrupted() && transaction.getStatus() == Status.STATUS_NO_TRANSACTION) {
            runs.add(run);
        }
    }

    void overAsWell(@ObservesAsync RunFinished run) {
        later.add(run);
    }

    void failed(@Observes AttemptFailed attempt) {
        attempts.add(attempt);
    }

    /** The runs of a task that were over, as both kinds of observers heard. */
    public List<RunFinished> runs(UUID task) {
        return runs.stream()
                .filter(run -> run.taskId().equals(task) && later.contains(run))
                .toList();
    }

    /** The attempts of a task that failed. */
    public List<AttemptFailed> attempts(UUID task) {
        return attempts.stream().filter(one -> one.taskId().equals(task)).toList();
    }
}

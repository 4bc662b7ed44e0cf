package dev.leasehold.server;

import dev.leasehold.api.AttemptFailed;
import dev.leasehold.api.RunFinished;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.ObservesAsync;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;

/** An application's bean that hears what became of runs; what it hears first it does not bear. */
@ApplicationScoped
public class Witness {

    private final List<RunFinished> runs = new CopyOnWriteArrayList<>();
    private final List<RunFinished> later = new CopyOnWriteArrayList<>();
    private final List<AttemptFailed> attempts = new CopyOnWriteArrayList<>();

    void over(@Observes RunFinished run) {
        runs.add(run);
        throw new IllegalStateException("an observer that fails");
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

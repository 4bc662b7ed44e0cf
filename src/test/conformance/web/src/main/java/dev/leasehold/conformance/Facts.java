package dev.leasehold.conformance;

import dev.leasehold.attempt.Attempts;
import dev.leasehold.lease.Leases;
import dev.leasehold.run.Run;
import dev.leasehold.run.RunInLane;
import dev.leasehold.run.RunNotFound;
import dev.leasehold.run.Runs;
import dev.leasehold.sql.Repeats;
import dev.leasehold.task.Task;
import dev.leasehold.task.TaskNotFound;
import dev.leasehold.task.Tasks;
import dev.leasehold.tenant.Caller;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Optional;
import java.util.UUID;

/** Reads what mutations are judged by. */
@ApplicationScoped
public class Facts {

    /** Whom the events of mutations name. */
    static final Caller CALLER = new Caller(Caller.DEFAULT_TENANT, "conformance");

    @Inject
    Repeats repeats;

    @Inject
    Runs runs;

    @Inject
    Tasks tasks;

    @Inject
    Leases leases;

    @Inject
    Attempts attempts;

    Optional<RunFacts> of(UUID id) {
        return repeats.call(() -> row(id).map(run -> new RunFacts(
                id,
                run.state(),
                leases.of(CALLER, id)
                        .map(lease ->
                                new RunFacts.Holding(lease.owner(), lease.fence(), lease.expiry(), lease.attemptId()))
                        .orElse(null))));
    }

    /** The run's type, by which it can be claimed. */
    String type(UUID id) {
        return repeats.call(() -> lane(id).map(found -> found.lane().type())).orElse("");
    }

    /** The run's row, within a transaction. */
    Optional<Run> row(UUID id) {
        return lane(id).map(RunInLane::run);
    }

    private Optional<RunInLane> lane(UUID id) {
        try {
            return Optional.of(runs.get(CALLER, id));
        } catch (RunNotFound e) {
            return Optional.empty();
        }
    }

    /** The task, within a transaction. */
    Optional<Task> task(UUID id) {
        try {
            return Optional.of(tasks.get(CALLER, id));
        } catch (TaskNotFound e) {
            return Optional.empty();
        }
    }

    boolean hasTask(UUID id) {
        return repeats.call(() -> task(id)).isPresent();
    }

    boolean closed(UUID run, UUID attempt) {
        return repeats.call(() -> attempts.of(CALLER, run).stream()
                .anyMatch(ended -> ended.attemptId().equals(attempt)));
    }
}

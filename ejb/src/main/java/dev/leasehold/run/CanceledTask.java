package dev.leasehold.run;

import dev.leasehold.fault.Fault;
import java.util.Map;
import java.util.UUID;

/** The run's task was called off, so that it gets no further run. */
public final class CanceledTask extends Fault {

    private static final long serialVersionUID = 1L;

    /** Names the run and its task. */
    public CanceledTask(UUID run, UUID task) {
        super(
                Kind.CONFLICT,
                "task_canceled",
                "run " + run + " cannot be rerun: its task " + task + " is canceled",
                Map.of("run_id", run.toString(), "task_id", task.toString()));
    }
}

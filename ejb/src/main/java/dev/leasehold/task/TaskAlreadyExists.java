package dev.leasehold.task;

import dev.leasehold.fault.Fault;
import java.util.Map;
import java.util.UUID;

/** The id belongs to a task with another specification. */
public final class TaskAlreadyExists extends Fault {

    private static final long serialVersionUID = 1L;

    /** Names the task. */
    public TaskAlreadyExists(UUID task) {
        super(
                Kind.CONFLICT,
                "task_already_exists",
                "mutation rejected: task " + task + " already exists",
                Map.of("task_id", task.toString()));
    }
}

package dev.leasehold.task;

import dev.leasehold.fault.Fault;
import java.util.Map;
import java.util.UUID;

/** No such task, or none that the caller may see. */
public final class TaskNotFound extends Fault {

    private static final long serialVersionUID = 1L;

    /** Names the task. */
    public TaskNotFound(UUID task) {
        super(Kind.NOT_FOUND, "task_not_found", "task not found", Map.of("task_id", task.toString()));
    }
}

package dev.leasehold.task;

import dev.leasehold.fault.Fault;
import java.util.Map;
import java.util.UUID;

/** What was asked does not apply to the task as it stands. */
public final class InvalidTaskState extends Fault {

    private static final long serialVersionUID = 1L;

    /** Names the task and why not. */
    InvalidTaskState(UUID task, String why) {
        super(Kind.CONFLICT, "invalid_state", "task " + task + " " + why, Map.of("task_id", task.toString()));
    }
}

package dev.leasehold.task;

import dev.leasehold.fault.Fault;
import java.util.Map;
import java.util.UUID;

/** The task's schedule was replaced since its asker last saw it; nothing was changed (decisions 4). */
public final class ScheduleConflict extends Fault {

    private static final long serialVersionUID = 1L;

    /** Names the version that was expected and the one that is there. */
    ScheduleConflict(UUID task, int expected, int found) {
        super(
                Kind.CONFLICT,
                "sequence_conflict",
                "the schedule of task " + task + " is at version " + found + ", not at " + expected,
                Map.of("task_id", task.toString(), "expected", expected, "found", found));
    }
}

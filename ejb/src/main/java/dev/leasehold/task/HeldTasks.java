package dev.leasehold.task;

import dev.leasehold.sql.QueueSession;
import dev.leasehold.sql.ScheduleRow;
import dev.leasehold.sql.ScheduleStatement;
import dev.leasehold.tenant.Caller;
import dev.leasehold.time.Leasehold;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Holds tasks with their schedules for orders about them: the task's row, then its schedule's. */
@ApplicationScoped
public class HeldTasks {

    /**
     * A task that is held.
     *
     * @param task the task
     * @param schedule when it recurs, if it does
     * @param pause its pause, if it is paused
     */
    record Held(
            Task task,
            Optional<ScheduleRow> schedule,
            @Nullable PausedTask pause) {}

    @Inject
    @Leasehold
    EntityManager entities;

    @Inject
    QueueSession session;

    @Inject
    ScheduleStatement schedules;

    /**
     * Waits until it holds a task.
     *
     * @throws TaskNotFound when the caller's tenant has none of that id
     * @throws ScheduleConflict when its schedule is not as the asker has seen it
     * @throws InvalidTaskState when it was called off
     */
    Held hold(Caller caller, TaskOrder order) {
        TaskKey key = new TaskKey(caller.tenant(), order.taskId());
        Task task = entities.find(Task.class, key, LockModeType.PESSIMISTIC_WRITE);
        if (task == null) {
            throw new TaskNotFound(order.taskId());
        }
        Optional<ScheduleRow> schedule =
                session
                        .work(connection -> schedules.lock(connection, caller.tenant(), List.of(order.taskId())))
                        .stream()
                        .findFirst();
        int found = schedule.map(ScheduleRow::version).orElse(0);
        if (order.version() != null && order.version() != found) {
            throw new ScheduleConflict(order.taskId(), order.version(), found);
        }
        if (task.canceledAt() != null) {
            throw new InvalidTaskState(order.taskId(), "is canceled");
        }
        return new Held(task, schedule, entities.find(PausedTask.class, key));
    }
}

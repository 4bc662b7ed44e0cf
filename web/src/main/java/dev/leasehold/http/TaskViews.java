package dev.leasehold.http;

import dev.leasehold.run.RunState;
import dev.leasehold.run.Runs;
import dev.leasehold.schedule.Schedules;
import dev.leasehold.schedule.Schedules.Standing;
import dev.leasehold.task.SubmitTasks.Submitted;
import dev.leasehold.task.Task;
import dev.leasehold.task.TaskNotFound;
import dev.leasehold.task.Tasks;
import dev.leasehold.tenant.Caller;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** Reads tasks with all that belongs to them, within a transaction. */
@ApplicationScoped
public class TaskViews {

    @Inject
    Tasks tasks;

    @Inject
    Runs runs;

    @Inject
    Schedules schedules;

    TaskView submitted(Caller caller, Submitted result) {
        if (result.refusal() != null) {
            throw result.refusal();
        }
        UUID id = Objects.requireNonNull(result.taskId());
        Task task = tasks.get(caller, id);
        return TaskView.submitted(
                task, beside(caller, List.of(id)).of(id), tasks.payload(caller, id), result.runsCreated());
    }

    TaskView detail(Caller caller, UUID id) {
        Task task = tasks.get(caller, id);
        return TaskView.detail(task, beside(caller, List.of(id)).of(id), tasks.payload(caller, id));
    }

    TaskView.Listing page(Caller caller, Page page) {
        return listing(
                caller, tasks.page(caller, page.start(), page.limit()), page.limit(), Optional.of(page.offset()));
    }

    TaskView.Listing after(Caller caller, UUID task, int limit) {
        return listing(caller, found(caller, task, limit), limit, Optional.empty());
    }

    private List<Task> found(Caller caller, UUID task, int limit) {
        try {
            return tasks.pageAfter(caller, task, limit);
        } catch (TaskNotFound e) {
            throw Page.noSuchAfter("task");
        }
    }

    private TaskView.Listing listing(Caller caller, List<Task> found, int limit, Optional<Long> offset) {
        AllBeside beside = beside(caller, found.stream().map(Task::id).toList());
        return new TaskView.Listing(
                found.stream()
                        .map(task -> TaskView.item(task, beside.of(task.id())))
                        .toList(),
                limit,
                offset,
                found.size() < limit ? null : found.get(found.size() - 1).id(),
                Optional.empty());
    }

    private AllBeside beside(Caller caller, List<UUID> ids) {
        Map<UUID, Standing> standings = schedules.of(caller, ids);
        List<UUID> told = ids.stream()
                .filter(id -> TaskStatus.isToldByRuns(Optional.ofNullable(standings.get(id))))
                .toList();
        return new AllBeside(runs.statesOfTasks(caller, told), standings, tasks.paused(caller, ids));
    }

    private record AllBeside(Map<UUID, Set<RunState>> states, Map<UUID, Standing> standings, Set<UUID> paused) {
        TaskView.Beside of(UUID task) {
            return new TaskView.Beside(
                    states.getOrDefault(task, Set.of()),
                    Optional.ofNullable(standings.get(task)),
                    paused.contains(task));
        }
    }
}

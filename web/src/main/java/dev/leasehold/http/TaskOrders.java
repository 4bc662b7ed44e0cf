package dev.leasehold.http;

import dev.leasehold.api.Cron;
import dev.leasehold.fault.Fault;
import dev.leasehold.idempotency.Answer;
import dev.leasehold.schedule.Schedules;
import dev.leasehold.schedule.Schedules.Standing;
import dev.leasehold.task.FireTasks;
import dev.leasehold.task.PauseTasks;
import dev.leasehold.task.RescheduleTasks;
import dev.leasehold.task.ResumeTasks;
import dev.leasehold.task.TaskOrder;
import dev.leasehold.tenant.Caller;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Does to one task what an operator asks, within a transaction, and answers it. */
@ApplicationScoped
public class TaskOrders {

    @Inject
    PauseTasks pause;

    @Inject
    ResumeTasks resume;

    @Inject
    FireTasks fire;

    @Inject
    RescheduleTasks reschedule;

    @Inject
    Schedules schedules;

    Answer pause(Caller caller, TaskOrder order) {
        requireDone(pause.execute(caller, List.of(order)).get(0).refusal());
        return done(order, "paused");
    }

    Answer resume(Caller caller, TaskOrder order) {
        requireDone(resume.execute(caller, List.of(order)).get(0).refusal());
        return done(order, "resumed");
    }

    /**
     * Fires it.
     *
     * @param runs the path that runs have
     */
    Answer fire(Caller caller, TaskOrder order, String runs) {
        FireTasks.Result result = fire.execute(caller, List.of(order)).get(0);
        requireDone(result.refusal());
        UUID run = Objects.requireNonNull(result.run());
        return Answering.answer(
                201,
                runs + run,
                Item.of("task_id", order.taskId()).with("run_id", run).members());
    }

    Answer reschedule(Caller caller, TaskOrder order, Cron cron) {
        RescheduleTasks.Request request = new RescheduleTasks.Request(order, cron);
        RescheduleTasks.Result result =
                reschedule.execute(caller, List.of(request)).get(0);
        requireDone(result.refusal());
        Standing standing = Objects.requireNonNull(
                schedules.of(caller, List.of(order.taskId())).get(order.taskId()));
        return Answering.ok(Item.of("task_id", order.taskId())
                .with("version", standing.version())
                .with("runs_canceled", result.canceled())
                .with("runs_created", result.created())
                .with("next_instant", standing.nextInstant())
                .members());
    }

    private static Answer done(TaskOrder order, String status) {
        return Answering.ok(
                Item.of("task_id", order.taskId()).with("status", status).members());
    }

    private static void requireDone(@Nullable Fault refusal) {
        if (refusal != null) {
            throw refusal;
        }
    }
}

package dev.leasehold.conformance;

import dev.leasehold.api.NewTask;
import dev.leasehold.api.Payload;
import dev.leasehold.queue.Pause;
import dev.leasehold.run.RunState;
import dev.leasehold.sql.Repeats;
import dev.leasehold.task.SubmitTasks;
import dev.leasehold.task.Task;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Those of AQ 3.2's commands that are about no run: tasks, creation, and the pause of everything. */
@ApplicationScoped
public class OtherMutations {

    private static final UUID NIL = new UUID(0, 0);

    @Inject
    Facts facts;

    @Inject
    OrderMoves orders;

    @Inject
    KitClock clock;

    @Inject
    Repeats repeats;

    @Inject
    SubmitTasks submit;

    /** A task brings its run along here: they are stored together or not at all. */
    boolean taskCreate(Body body) {
        UUID id = body.id("task_id");
        if (id.equals(NIL)) {
            throw Refused.mutation("invalid task identifier for task admission: " + id);
        }
        Mutations.unless(
                facts.hasTask(id)
                        ? Optional.of("mutation rejected: task " + id + " already exists")
                        : Optional.empty());
        NewTask task = NewTask.of(body.text("type", "script")).id(id).payload(Payload.text(body.text("payload", "ok")));
        SubmitTasks.Submitted result =
                repeats.call(() -> submit.execute(Facts.CALLER, List.of(task))).get(0);
        if (result.refusal() != null) {
            throw result.refusal();
        }
        return true;
    }

    boolean runCreate(Body body) {
        UUID task = body.id("task_id");
        Mutations.unless(
                facts.hasTask(task) ? Optional.empty() : Optional.of("mutation rejected: unknown task " + task));
        UUID run = body.id("run_id");
        RunState state = body.has("state") ? Mutations.state(body, "state") : RunState.SCHEDULED;
        Mutations.unless(Refusals.runCreate(run, state, facts.of(run).isPresent()));
        return false;
    }

    boolean taskCancel(Body body) {
        UUID id = body.id("task_id");
        Optional<Task> task = repeats.call(() -> facts.task(id));
        Mutations.unless(task.isPresent() ? Optional.empty() : Optional.of("mutation rejected: unknown task " + id));
        Mutations.unless(task.map(Task::canceledAt).map(at -> "mutation rejected: task " + id + " already canceled"));
        return orders.cancelTask(id);
    }

    boolean enginePause() {
        Mutations.unless(orders.paused().map(pause -> "mutation rejected: engine already paused"));
        return orders.pause();
    }

    /** {@code timestamp} is now unless it is given; the bean reads the clock in any case. */
    boolean engineResume(Body body) {
        Optional<Instant> paused = orders.paused().map(Pause::pausedAt);
        Mutations.unless(paused.isPresent() ? Optional.empty() : Optional.of("mutation rejected: engine not paused"));
        Instant at = body.has("timestamp") ? body.instant("timestamp") : clock.now();
        Mutations.unless(paused.filter(at::isBefore)
                .map(since -> "engine resume rejected: resumed_at " + text(at) + " precedes paused_at " + text(since)));
        return orders.resume();
    }

    private static String text(Instant instant) {
        return Json.seconds(instant).toPlainString();
    }
}

package dev.leasehold.http;

import dev.leasehold.run.CancelRuns;
import dev.leasehold.run.Order;
import dev.leasehold.run.Runs;
import dev.leasehold.task.CancelTasks;
import dev.leasehold.tenant.Caller;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Calls a task off with its runs (decisions 5.6), within a transaction. */
@ApplicationScoped
public class TaskCancellation {

    @Inject
    CancelTasks cancelTasks;

    @Inject
    CancelRuns cancelRuns;

    @Inject
    Runs runs;

    /** AQ 9.5's answer. */
    Map<String, Object> cancel(Caller caller, UUID task, @Nullable String reason) {
        CancelTasks.Result result = cancelTasks
                .execute(caller, List.of(new CancelTasks.Request(task, reason)))
                .get(0);
        if (result.refusal() != null) {
            throw result.refusal();
        }
        long canceled = cancelRuns(caller, task, reason);
        long total = runs.countOf(caller, task);
        return Item.of("task_id", task)
                .with("status", result.canceledNow() ? "canceled" : "already_canceled")
                .with("runs_canceled", canceled)
                .with("runs_already_terminal", total - canceled)
                .with("runs_total", total)
                .members();
    }

    /** All in one command, which holds every run before it gives a permit back. */
    private long cancelRuns(Caller caller, UUID task, @Nullable String reason) {
        List<Order> orders = runs.openOf(caller, task, Integer.MAX_VALUE).stream()
                .map(run -> new Order(run, null, reason))
                .toList();
        return cancelRuns.execute(caller, orders).stream()
                .filter(one -> one.status() == CancelRuns.Status.CANCELED)
                .count();
    }
}

package dev.leasehold.task;

import dev.leasehold.audit.Effect;
import dev.leasehold.audit.Effect.Cause;
import dev.leasehold.audit.EffectType;
import java.util.Map;
import java.util.UUID;

/** What the audit says of a task that a command changed. */
final class TaskEffects {

    private TaskEffects() {}

    /** A task that is paused now, or was until now. */
    static Effect paused(Class<?> command, TaskOrder order, boolean paused) {
        return of(
                paused ? EffectType.TASK_PAUSED : EffectType.TASK_RESUMED,
                Cause.of(command, order.reason()),
                order.taskId(),
                Map.of("paused", !paused),
                Map.of("paused", paused));
    }

    static Effect canceled(CancelTasks.Request request) {
        return of(
                EffectType.TASK_CANCELED,
                Cause.of(CancelTasks.class, request.reason()),
                request.task(),
                Map.of("canceled", false),
                Map.of("canceled", true));
    }

    static Effect fired(TaskOrder order, UUID run) {
        Cause cause = Cause.of(FireTasks.class, order.reason());
        Map<String, String> after =
                Map.of("run_id", run.toString(), "task_id", order.taskId().toString());
        return Effect.of(EffectType.TASK_FIRED, cause, null, after)
                .with("task_id", order.taskId().toString())
                .run(run);
    }

    /** Another policy; what is digested is its text, and how often it was replaced. */
    static Effect rescheduled(TaskOrder order, int version, String before, String after) {
        return of(
                        EffectType.TASK_RESCHEDULED,
                        Cause.of(RescheduleTasks.class, order.reason()),
                        order.taskId(),
                        Map.of("run_policy", before, "version", version - 1),
                        Map.of("run_policy", after, "version", version))
                .with("version", version);
    }

    private static Effect of(EffectType type, Cause cause, UUID task, Map<String, ?> before, Map<String, ?> after) {
        return Effect.of(type, cause, before, after).with("task_id", task.toString());
    }
}

package dev.leasehold.run;

import static dev.leasehold.database.Fixture.CALLER;

import dev.leasehold.api.Cron;
import dev.leasehold.database.Fixture;
import dev.leasehold.fault.Fault;
import dev.leasehold.run.Tally.Ask;
import dev.leasehold.task.CancelTasks;
import dev.leasehold.task.FireTasks;
import dev.leasehold.task.InvalidTaskState;
import dev.leasehold.task.PauseTasks;
import dev.leasehold.task.RescheduleTasks;
import dev.leasehold.task.ResumeTasks;
import dev.leasehold.task.ScheduleConflict;
import dev.leasehold.task.TaskNotFound;
import dev.leasehold.task.TaskOrder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** An operator of tasks, as dice fall: calls them off, pauses, fires and reschedules them; some orders are wrong. */
final class RandomPlanner {

    private static final int NO_VERSION = Integer.MAX_VALUE;
    private static final int REMEMBERED = 10;

    private final Fixture queue;
    private final Random random;
    private final Judge judge;
    private final RandomOperator operator;
    private final List<UUID> recurring = new ArrayList<>();
    private final List<UUID> paused = new ArrayList<>();

    RandomPlanner(Fixture queue, Random random, Judge judge, RandomOperator operator) {
        this.queue = queue;
        this.random = random;
        this.judge = judge;
        this.operator = operator;
    }

    /** A policy that comes to its end. */
    Cron cron() {
        return Cron.of("*/" + (1 + random.nextInt(5)) + " * * * * *")
                .atMost(1 + random.nextInt(3))
                .overlap(pick(List.of(Cron.Overlap.values())))
                .misfire(pick(List.of(Cron.Misfire.ONCE, Cron.Misfire.SKIP, Cron.Misfire.ALL, Cron.Misfire.upTo(1))));
    }

    /** A task that was submitted recurs. */
    void recurs(UUID task) {
        remember(recurring, task);
    }

    private static void remember(List<UUID> some, UUID task) {
        some.add(task);
        if (some.size() > REMEMBERED) {
            some.remove(0);
        }
    }

    void order() {
        int dice = random.nextInt(8);
        List<UUID> known = dice < 3 || (dice == 7 && random.nextBoolean()) ? recurring : dice < 6 ? paused : List.of();
        List<UUID> tasks = known.isEmpty() || random.nextInt(4) == 0 ? operator.someTask() : List.of(pick(known));
        tasks.forEach(task -> order(dice, task));
    }

    private void order(int dice, UUID task) {
        @Nullable Class<? extends Fault> wrong = wrong();
        TaskOrder order = order(task, wrong);
        switch (dice) {
            case 0 -> reschedule(order, wrong);
            case 1, 2 -> fire(order, wrong);
            case 3, 4, 5 -> judge(Ask.RESUME_TASK, resume(order), wrong);
            case 6 -> {
                judge(Ask.PAUSE_TASK, pause(order), wrong);
                remember(paused, task);
            }
            default -> {
                cancel(order.taskId(), wrong);
                if (random.nextBoolean()) {
                    cancel(order.taskId(), wrong);
                }
            }
        }
    }

    private @Nullable Class<? extends Fault> wrong() {
        return switch (random.nextInt(16)) {
            case 0 -> TaskNotFound.class;
            case 1 -> ScheduleConflict.class;
            default -> null;
        };
    }

    private static TaskOrder order(UUID task, @Nullable Class<? extends Fault> wrong) {
        if (wrong == TaskNotFound.class) {
            return TaskOrder.of(UUID.randomUUID());
        }
        // by its reason a pause is told from another one
        return new TaskOrder(
                task, wrong == null ? null : NO_VERSION, UUID.randomUUID().toString());
    }

    private @Nullable Fault pause(TaskOrder order) {
        return operator.asked(() -> queue.get(PauseTasks.class).execute(CALLER, List.of(order)))
                .get(0)
                .refusal();
    }

    private @Nullable Fault resume(TaskOrder order) {
        return operator.asked(() -> queue.get(ResumeTasks.class).execute(CALLER, List.of(order)))
                .get(0)
                .refusal();
    }

    /** The clock moves a little, so that no run is fired at the very instant at which its task came. */
    private void fire(TaskOrder order, @Nullable Class<? extends Fault> wrong) {
        queue.clock.advance(Duration.ofNanos(1000));
        judge(
                Ask.FIRE,
                operator.asked(() -> queue.get(FireTasks.class).execute(CALLER, List.of(order)))
                        .get(0)
                        .refusal(),
                wrong);
    }

    private void reschedule(TaskOrder order, @Nullable Class<? extends Fault> wrong) {
        RescheduleTasks.Request request = new RescheduleTasks.Request(order, cron());
        judge(
                Ask.SCHEDULE,
                operator.asked(() -> queue.get(RescheduleTasks.class).execute(CALLER, List.of(request)))
                        .get(0)
                        .refusal(),
                wrong);
    }

    /** With its runs, as whoever is asked for it does. */
    private void cancel(UUID task, @Nullable Class<? extends Fault> wrong) {
        CancelTasks.Result result = operator.asked(() -> {
            CancelTasks.Result marked = queue.get(CancelTasks.class)
                    .execute(CALLER, List.of(CancelTasks.Request.of(task)))
                    .get(0);
            List<Order> orders = queue.get(Runs.class).openOf(CALLER, task, Integer.MAX_VALUE).stream()
                    .map(Order::of)
                    .toList();
            queue.get(CancelRuns.class).execute(CALLER, orders);
            return marked;
        });
        if (result.refusal() == null) {
            judge.said(Ask.CANCEL_TASK, result.canceledNow());
        } else {
            judge.refused(
                    Ask.CANCEL_TASK,
                    result.refusal(),
                    wrong == TaskNotFound.class ? TaskNotFound.class : null,
                    List.of());
        }
    }

    private void judge(Ask ask, @Nullable Fault refusal, @Nullable Class<? extends Fault> wrong) {
        judge.refused(ask, refusal, wrong, List.of(InvalidTaskState.class));
    }

    private <T> T pick(List<T> some) {
        return some.get(random.nextInt(some.size()));
    }
}

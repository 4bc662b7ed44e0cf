package dev.leasehold.run;

import dev.leasehold.api.NewTask;
import dev.leasehold.api.NewTask.Gates;
import dev.leasehold.api.Rate;
import dev.leasehold.database.Fixture;
import dev.leasehold.fault.Fault;
import dev.leasehold.queue.PauseOrder;
import dev.leasehold.queue.PauseQueues;
import dev.leasehold.queue.ResumeQueues;
import dev.leasehold.queue.SetLimits;
import dev.leasehold.run.Tally.Ask;
import dev.leasehold.sql.LimitStatement.Limit;
import dev.leasehold.sql.PermitScope;
import jakarta.persistence.EntityManager;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** An operator who gives one order after the other as dice fall, about whatever run it finds; some orders are wrong. */
final class RandomOperator {

    static final List<String> TYPES = List.of("mail", "report", "index");
    static final List<String> QUEUES = List.of("slow", "fast");
    /** The limits of the first two change; the others' names tell {@link Invariant} that theirs do not. */
    static final List<String> KEYS = List.of("some1", "some2", "only1", "only2", "only3");

    private static final List<RunState> LIVE =
            Stream.of(RunState.values()).filter(state -> !state.terminal()).toList();
    private static final int NO_VERSION = Integer.MAX_VALUE;

    /** What may be paused; the empty name is everything. */
    static final List<String> PAUSED = List.of("slow", "fast", "");

    private final Fixture queue;
    private final Random random;
    private final Judge judge;

    RandomOperator(Fixture queue, Random random, Judge judge) {
        this.queue = queue;
        this.random = random;
        this.judge = judge;
    }

    /** What an operator does to some run, whoever has it, or to one that waits for an operator. */
    void order() {
        int dice = random.nextInt(8);
        List<Run> runs = dice > 3 || random.nextBoolean()
                ? found(pick(random.nextInt(4) == 0 ? RunState.endStates() : LIVE), 3)
                : waiting(dice);
        if (!runs.isEmpty()) {
            @Nullable Class<? extends Fault> wrong = wrong();
            List<Order> orders =
                    runs.stream().map(run -> order(run.id(), wrong)).toList();
            switch (dice) {
                case 0, 4 -> cancel(orders.subList(0, 1), wrong);
                case 1 ->
                    judged(Ask.RESUME, wrong, () -> queue.get(ResumeRuns.class).execute(Fixture.CALLER, orders));
                case 2 ->
                    judged(Ask.UNHOLD, wrong, () -> queue.get(UnholdRuns.class).execute(Fixture.CALLER, orders));
                case 3 ->
                    judged(
                            Ask.HOLD,
                            wrong,
                            () -> queue.get(HoldRuns.class).execute(Fixture.CALLER, orders.subList(0, 1)));
                default -> place(orders, wrong);
            }
        }
    }

    private List<Run> waiting(int dice) {
        return dice < 2
                ? found(RunState.SUSPENDED, 3)
                : Stream.of(RunState.SCHEDULED, RunState.READY, RunState.RETRY_WAIT)
                        .flatMap(state -> found(state, 30).stream())
                        .filter(run -> run.held() == (dice == 2))
                        .limit(3)
                        .toList();
    }

    private @Nullable Class<? extends Fault> wrong() {
        return switch (random.nextInt(16)) {
            case 0 -> RunNotFound.class;
            case 1 -> SequenceConflict.class;
            default -> null;
        };
    }

    private static Order order(UUID run, @Nullable Class<? extends Fault> wrong) {
        if (wrong == RunNotFound.class) {
            return Order.of(UUID.randomUUID());
        }
        return wrong == null ? Order.of(run) : new Order(run, NO_VERSION, null);
    }

    private void cancel(List<Order> orders, @Nullable Class<? extends Fault> wrong) {
        for (CancelRuns.Result result : asked(() -> queue.get(CancelRuns.class).execute(Fixture.CALLER, orders))) {
            if (wrong != null || result.refusal() != null) {
                judge.refused(Ask.CANCEL, result.refusal(), wrong, List.of());
            } else {
                judge.said(Ask.CANCEL, result.status() == CancelRuns.Status.CANCELED);
            }
        }
    }

    private void place(List<Order> orders, @Nullable Class<? extends Fault> wrong) {
        switch (random.nextInt(5)) {
            case 0 ->
                judged(
                        Ask.RUN_NOW,
                        wrong,
                        () -> queue.get(PromoteRuns.class).execute(Fixture.CALLER, orders.subList(0, 1)));
            case 1 ->
                judged(
                        Ask.RESCHEDULE,
                        wrong,
                        () -> queue.get(RescheduleRuns.class).execute(Fixture.CALLER, each(orders, this::rescheduled)));
            case 2 ->
                judged(
                        Ask.MOVE,
                        wrong,
                        () -> queue.get(MoveRuns.class).execute(Fixture.CALLER, each(orders, this::moved)));
            case 3 -> note(orders, wrong);
            default ->
                judged(
                        Ask.PRIORITY,
                        wrong,
                        () -> queue.get(PrioritizeRuns.class)
                                .execute(
                                        Fixture.CALLER,
                                        each(orders, order -> new PrioritizeRuns.Request(order, random.nextInt(9)))));
        }
    }

    private RescheduleRuns.Request rescheduled(Order order) {
        return new RescheduleRuns.Request(order, queue.clock.instant().plusMillis(random.nextInt(4000) - 1000));
    }

    private MoveRuns.Request moved(Order order) {
        return new MoveRuns.Request(order, pick(QUEUES));
    }

    private void note(List<Order> orders, @Nullable Class<? extends Fault> wrong) {
        AppendNotes.Note note = new AppendNotes.Note("n" + random.nextInt(5), "{}");
        asked(() -> queue.get(AppendNotes.class)
                        .execute(
                                Fixture.CALLER,
                                each(orders, order -> new AppendNotes.Request(order, List.of(note, note)))))
                .forEach(result -> judge.refused(Ask.NOTE, result.refusal(), wrong, List.of()));
    }

    private void judged(Ask ask, @Nullable Class<? extends Fault> wrong, Supplier<List<Orders.Result>> command) {
        asked(command).forEach(result -> judge.refused(ask, result.refusal(), wrong, List.of(InvalidState.class)));
    }

    private static <R> List<R> each(List<Order> orders, Function<Order, R> request) {
        return orders.stream().map(request).toList();
    }

    /** Some runs that stand so. */
    List<Run> found(RunState state, int most) {
        RunFilter standing = new RunFilter(Set.of(state), null, null, null);
        int first = random.nextInt(state.terminal() ? 50 : 5);
        return queue.in(() -> queue.get(Runs.class).page(Fixture.CALLER, standing, first, most).stream()
                .map(RunInLane::run)
                .toList());
    }

    /** The task of a run, which goes on in most cases. */
    List<UUID> someTask() {
        return found(pick(random.nextInt(8) == 0 ? RunState.endStates() : LIVE), 1).stream()
                .map(Run::taskId)
                .toList();
    }

    /** What ended is done again, now and then, and what has not is not. */
    void rerun() {
        RunState state = pick(random.nextInt(8) == 0 ? LIVE : RunState.endStates());
        @Nullable Class<? extends Fault> wrong = wrong();
        List<Order> orders = new ArrayList<>();
        found(state, 2).forEach(run -> orders.add(order(run.id(), wrong)));
        asked(() -> queue.get(RerunRuns.class).execute(Fixture.CALLER, orders))
                .forEach(result -> judge.refused(
                        Ask.RERUN,
                        result.refusal(),
                        wrong,
                        List.of(InvalidState.class, CanceledTask.class, AlreadyRerun.class)));
    }

    void limit() {
        Integer most = random.nextInt(3) == 0 ? null : random.nextInt(3);
        PermitScope scope = pick(List.of(PermitScope.KEY, PermitScope.QUEUE, PermitScope.TYPE));
        Limit limit = new Limit(scope, pick(scope == PermitScope.KEY ? KEYS.subList(0, 2) : named(scope)), most);
        asked(() -> queue.get(SetLimits.class).execute(Fixture.CALLER, List.of(limit)));
        judge.done(most == null ? Ask.CLEAR_LIMIT : Ask.valueOf("LIMIT_" + scope));
    }

    /** The names that its tasks have. */
    static List<String> named(PermitScope scope) {
        return switch (scope) {
            case KEY -> KEYS;
            case QUEUE -> QUEUES;
            default -> TYPES;
        };
    }

    /** A task of the one rate that there is. */
    static NewTask rated(int limit) {
        return NewTask.of(TYPES.get(0)).gates(new Gates(null, null, null, rate(limit), null, null));
    }

    static Rate rate(int limit) {
        return new Rate("rate", limit, Duration.ofSeconds(1));
    }

    void pauseOrResume() {
        List<PauseOrder> orders =
                List.of(new PauseOrder(pick(PAUSED), UUID.randomUUID().toString()));
        if (random.nextInt(3) == 0) {
            asked(() -> queue.get(PauseQueues.class).execute(Fixture.CALLER, orders))
                    .forEach(paused -> judge.said(Ask.PAUSE_QUEUE, paused));
        } else {
            asked(() -> queue.get(ResumeQueues.class)
                            .execute(Fixture.CALLER, List.of(new PauseOrder("", null), orders.get(0))))
                    .forEach(resumed -> judge.said(Ask.RESUME_QUEUE, resumed));
        }
    }

    /** A pause of a queue, of everything as the empty name, or of a task, and why. */
    record Paused(String name, String reason) {

        boolean isOf(String queue, UUID task) {
            return name.isEmpty() || name.equals(queue) || name.equals(task.toString());
        }
    }

    /** What is paused. */
    @SuppressWarnings("unchecked") // the query's columns
    Set<Paused> paused() {
        List<Object[]> rows = asked(() -> queue.get(EntityManager.class)
                .createNativeQuery("""
                        select queue, reason from leasehold.pause
                        union all
                        select cast(task_id as varchar), reason from leasehold.paused_task
                        """, Object[].class)
                .getResultList());
        Set<Paused> paused = new HashSet<>();
        rows.forEach(row -> paused.add(new Paused((String) row[0], (String) row[1])));
        return paused;
    }

    <T> T asked(Supplier<T> command) {
        return queue.in(command);
    }

    private <T> T pick(Collection<T> some) {
        return some.stream().skip(random.nextInt(some.size())).findFirst().orElseThrow();
    }
}

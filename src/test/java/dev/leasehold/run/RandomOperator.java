package dev.leasehold.run;

import dev.leasehold.api.NewTask;
import dev.leasehold.api.NewTask.Gates;
import dev.leasehold.api.Rate;
import dev.leasehold.database.Fixture;
import dev.leasehold.queue.PauseOrder;
import dev.leasehold.queue.PauseQueues;
import dev.leasehold.queue.ResumeQueues;
import dev.leasehold.queue.SetLimits;
import dev.leasehold.sql.LimitStatement.Limit;
import dev.leasehold.sql.PermitScope;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** An operator who gives one order after the other as dice fall, about whatever run it finds. */
final class RandomOperator {

    static final List<String> TYPES = List.of("mail", "report", "index");
    static final List<String> QUEUES = List.of("slow", "fast");
    /** The limits of the first two change; the others' names tell {@link Invariant} that theirs do not. */
    static final List<String> KEYS = List.of("some1", "some2", "only1", "only2", "only3");

    private static final List<RunState> LIVE =
            Stream.of(RunState.values()).filter(state -> !state.terminal()).toList();

    /** What may be paused; the empty name is everything. */
    static final List<String> PAUSED = List.of("slow", "fast", "");

    private final Fixture queue;
    private final Random random;

    RandomOperator(Fixture queue, Random random) {
        this.queue = queue;
        this.random = random;
    }

    /** What an operator does to some run, whoever has it. */
    void order() {
        List<Order> orders = some(pick(random.nextInt(4) == 0 ? RunState.endStates() : LIVE), 3);
        if (!orders.isEmpty()) {
            asked(() -> carriedOut(random.nextInt(11), orders));
        }
    }

    private Object carriedOut(int order, List<Order> orders) {
        return switch (order) {
            case 0, 9, 10 -> queue.get(CancelRuns.class).execute(Fixture.CALLER, orders.subList(0, 1));
            case 1 -> queue.get(ResumeRuns.class).execute(Fixture.CALLER, orders);
            case 2 -> queue.get(HoldRuns.class).execute(Fixture.CALLER, orders.subList(0, 1));
            case 3 -> queue.get(UnholdRuns.class).execute(Fixture.CALLER, orders);
            case 4 -> queue.get(PromoteRuns.class).execute(Fixture.CALLER, orders.subList(0, 1));
            case 5 -> queue.get(RescheduleRuns.class).execute(Fixture.CALLER, rescheduled(orders));
            case 6 -> queue.get(MoveRuns.class).execute(Fixture.CALLER, moved(orders));
            case 7 -> queue.get(AppendNotes.class).execute(Fixture.CALLER, noted(orders));
            default ->
                queue.get(PrioritizeRuns.class)
                        .execute(
                                Fixture.CALLER,
                                orders.stream()
                                        .map(one -> new PrioritizeRuns.Request(one, random.nextInt(9)))
                                        .toList());
        };
    }

    private List<Order> some(RunState state, int most) {
        RunFilter standing = new RunFilter(Set.of(state), null, null, null);
        return queue.in(() -> queue.get(Runs.class).page(Fixture.CALLER, standing, random.nextInt(5), most).stream()
                .map(found -> Order.of(found.run().id()))
                .toList());
    }

    private List<RescheduleRuns.Request> rescheduled(List<Order> orders) {
        return orders.stream()
                .map(order -> new RescheduleRuns.Request(
                        order, queue.clock.instant().plusMillis(random.nextInt(4000) - 1000)))
                .toList();
    }

    private List<MoveRuns.Request> moved(List<Order> orders) {
        return orders.stream()
                .map(order -> new MoveRuns.Request(order, random.nextBoolean() ? "slow" : "fast"))
                .toList();
    }

    private List<AppendNotes.Request> noted(List<Order> orders) {
        AppendNotes.Note note = new AppendNotes.Note("n" + random.nextInt(5), "{}");
        return orders.stream()
                .map(order -> new AppendNotes.Request(order, List.of(note, note)))
                .toList();
    }

    /** What ended is done again, now and then. */
    void rerun() {
        List<Order> ended = some(pick(RunState.endStates()), 2);
        asked(() -> queue.get(RerunRuns.class).execute(Fixture.CALLER, ended));
    }

    void limit() {
        Integer most = random.nextInt(3) == 0 ? null : random.nextInt(3);
        PermitScope scope = pick(List.of(PermitScope.KEY, PermitScope.QUEUE, PermitScope.TYPE));
        Limit limit = new Limit(scope, pick(scope == PermitScope.KEY ? KEYS.subList(0, 2) : named(scope)), most);
        asked(() -> queue.get(SetLimits.class).execute(Fixture.CALLER, List.of(limit)));
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
        List<PauseOrder> orders = List.of(new PauseOrder(pick(PAUSED), null));
        if (random.nextInt(3) == 0) {
            asked(() -> queue.get(PauseQueues.class).execute(Fixture.CALLER, orders));
        } else {
            asked(() -> queue.get(ResumeQueues.class)
                    .execute(Fixture.CALLER, List.of(new PauseOrder("", null), orders.get(0))));
        }
    }

    <T> T asked(Supplier<T> command) {
        return queue.in(command);
    }

    private <T> T pick(Collection<T> some) {
        return some.stream().skip(random.nextInt(some.size())).findFirst().orElseThrow();
    }
}

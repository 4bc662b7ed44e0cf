package dev.leasehold.run;

import dev.leasehold.api.NewTask;
import dev.leasehold.api.Outcome;
import dev.leasehold.api.Payload;
import dev.leasehold.attempt.FinishAttempts;
import dev.leasehold.attempt.StartAttempts;
import dev.leasehold.database.Fixture;
import dev.leasehold.fault.Fault;
import dev.leasehold.lease.HeldLease;
import dev.leasehold.lease.LeaseLost;
import dev.leasehold.lease.RenewLeases;
import dev.leasehold.sql.Claimed;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A worker that does one thing after the other as dice fall, and knows which of its calls have to be refused. */
final class RandomWorker {

    private static final List<String> TYPES = List.of("mail", "report", "index");

    private static final Set<RunState> LIVE = EnumSet.of(
            RunState.SCHEDULED,
            RunState.READY,
            RunState.LEASED,
            RunState.RUNNING,
            RunState.RETRY_WAIT,
            RunState.SUSPENDED);

    /** A run in hand: with an attempt that started, or leased only. */
    private record Held(Claimed claimed, UUID attempt, int number) {}

    private final Fixture queue;
    private final String name;
    private final Random random;
    private final Map<UUID, Held> leased = new LinkedHashMap<>();
    private final Map<UUID, Held> started = new LinkedHashMap<>();
    private final List<String> surprises = new ArrayList<>();

    RandomWorker(Fixture queue, String name, Random random) {
        this.queue = queue;
        this.name = name;
        this.random = random;
    }

    /** Does that many things and answers how many runs are still in hand. */
    int walk(int commands) {
        for (int i = 0; i < commands; i++) {
            switch (random.nextInt(16)) {
                case 0, 1 -> submit();
                case 2 -> queue.promote(1 + random.nextInt(5));
                case 3, 4 -> claim();
                case 5 -> start();
                case 6 -> startWrongly();
                case 7, 8 -> finish();
                case 9 -> renew();
                case 10 -> release();
                case 11 -> operate();
                case 12 -> queue.expire();
                case 13 -> rerun();
                default -> finishWronglyOrWait();
            }
        }
        return leased.size() + started.size();
    }

    /** Calls that were answered otherwise than they had to be. */
    List<String> surprises() {
        return surprises;
    }

    private void submit() {
        NewTask[] tasks = new NewTask[1 + random.nextInt(3)];
        for (int i = 0; i < tasks.length; i++) {
            NewTask task = NewTask.of(pick(TYPES))
                    .queue(random.nextBoolean() ? "slow" : "fast")
                    .priority(random.nextInt(5) - 2)
                    .maxAttempts(1 + random.nextInt(3))
                    .retryEvery(Duration.ofMillis(random.nextInt(3000)));
            tasks[i] = random.nextBoolean()
                    ? task
                    : task.scheduledAt(queue.clock.instant().plusMillis(random.nextInt(5000)));
        }
        queue.submit(tasks);
    }

    private void claim() {
        boolean start = random.nextBoolean();
        List<String> types = TYPES.subList(random.nextInt(TYPES.size()), TYPES.size());
        for (Claimed one : queue.claim(name, 1 + random.nextInt(4), start, types.toArray(String[]::new))) {
            UUID attempt = one.attemptId() == null ? new UUID(0, 0) : one.attemptId();
            // one that was in hand was taken away meanwhile, or it could not have been granted again
            Held before = leased.containsKey(one.runId()) ? leased.remove(one.runId()) : started.remove(one.runId());
            expect(
                    "a run is claimed under a fence that is not new",
                    before == null || before.claimed().fence() < one.fence());
            (start ? started : leased).put(one.runId(), new Held(one, attempt, one.attemptsStarted()));
        }
    }

    private void start() {
        if (leased.isEmpty()) {
            return;
        }
        Held held = leased.remove(pick(leased.keySet()));
        HeldLease request =
                new HeldLease(name, held.claimed().runId(), held.claimed().fence());
        StartAttempts.Result result = queue.start(request, request).get(0);
        if (lost("a start of its own is refused", result.refusal())) {
            return;
        }
        started.put(held.claimed().runId(), new Held(held.claimed(), result.attemptId(), result.number()));
    }

    private void startWrongly() {
        List<Held> any = new ArrayList<>(leased.values());
        any.addAll(started.values());
        if (any.isEmpty()) {
            return;
        }
        Held held = pick(any);
        UUID run = held.claimed().runId();
        boolean stranger = random.nextBoolean();
        long fence = stranger ? held.claimed().fence() : held.claimed().fence() + (random.nextBoolean() ? 1 : -1);
        HeldLease request = new HeldLease(stranger ? "stranger" : name, run, fence);
        expect("a wrong start is accepted", queue.start(request).get(0).refusal() != null);
    }

    private void finish() {
        List<FinishAttempts.Report> reports = new ArrayList<>();
        for (int i = random.nextInt(3); i >= 0 && !started.isEmpty(); i--) {
            Held held = started.remove(pick(started.keySet()));
            reports.add(report(held, held.claimed().fence()));
        }
        queue.finish(reports.toArray(FinishAttempts.Report[]::new))
                .forEach(result -> lost("a finish of its own is refused", result.refusal()));
    }

    private void finishWronglyOrWait() {
        if (started.isEmpty() || random.nextBoolean()) {
            queue.clock.advance(Duration.ofMillis(random.nextInt(4000)));
            return;
        }
        Held held = pick(started.values());
        FinishAttempts.Report wrong = report(held, held.claimed().fence() + (random.nextBoolean() ? 1 : -1));
        expect("a wrong finish is accepted", queue.finish(wrong).get(0).refusal() != null);
    }

    private void renew() {
        List<Held> any = new ArrayList<>(leased.values());
        any.addAll(started.values());
        if (!any.isEmpty()) {
            Held held = pick(any);
            RenewLeases.Request request = new RenewLeases.Request(lease(held), Duration.ofSeconds(30));
            RenewLeases.Result result = queue.in(
                            () -> queue.get(RenewLeases.class).execute(Fixture.CALLER, List.of(request)))
                    .get(0);
            lost("a renewal of its own is refused", result.refusal());
        }
    }

    private void release() {
        if (!leased.isEmpty()) {
            Held held = leased.remove(pick(leased.keySet()));
            lost(
                    "a release of its own is refused",
                    queue.release(lease(held)).get(0).refusal());
        }
    }

    /** What an operator does to some run, whoever has it. */
    private void operate() {
        List<Run> runs = queue.in(() -> queue
                .get(Runs.class)
                .page(Fixture.CALLER, new RunFilter(Set.of(pick(LIVE)), null, null, null), random.nextInt(5), 3)
                .stream()
                .map(RunInLane::run)
                .toList());
        if (runs.isEmpty()) {
            return;
        }
        List<Order> orders = runs.stream().map(run -> Order.of(run.id())).toList();
        queue.in(() -> switch (random.nextInt(9)) {
            case 0 -> queue.get(CancelRuns.class).execute(Fixture.CALLER, orders.subList(0, 1));
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
                                        .map(order -> new PrioritizeRuns.Request(order, random.nextInt(9)))
                                        .toList());
        });
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
    private void rerun() {
        List<Order> ended = queue.in(() -> queue
                .get(Runs.class)
                .page(
                        Fixture.CALLER,
                        new RunFilter(Set.copyOf(RunState.endStates()), null, null, null),
                        random.nextInt(20),
                        2)
                .stream()
                .map(found -> Order.of(found.run().id()))
                .toList());
        queue.in(() -> queue.get(RerunRuns.class).execute(Fixture.CALLER, ended));
    }

    private HeldLease lease(Held held) {
        return new HeldLease(name, held.claimed().runId(), held.claimed().fence());
    }

    /** Whether the lease is lost, which may be only by cancellation or expiry. */
    private boolean lost(String surprise, @Nullable Fault refusal) {
        expect(
                surprise + ": " + refusal,
                refusal == null
                        || (refusal instanceof LeaseLost lease
                                && (lease.reason() == LeaseLost.Reason.CANCELED
                                        || lease.reason() == LeaseLost.Reason.EXPIRED)));
        return refusal != null;
    }

    private FinishAttempts.Report report(Held held, long fence) {
        Claimed claimed = held.claimed();
        return new FinishAttempts.Report(name, claimed.runId(), held.attempt(), fence, outcome(), null);
    }

    private Outcome outcome() {
        return switch (random.nextInt(8)) {
            case 0, 1 -> Outcome.success(Payload.text("done"));
            case 2, 3 -> Outcome.retry("no");
            case 4 -> Outcome.retry("later", Duration.ofSeconds(random.nextInt(3)));
            case 5 -> Outcome.fail("never");
            case 6 -> new Outcome(Outcome.Kind.TIMEOUT, "too long", null, null);
            default -> Outcome.snooze(Duration.ofMillis(random.nextInt(2000)));
        };
    }

    private <T> T pick(Collection<T> some) {
        return some.stream().skip(random.nextInt(some.size())).findFirst().orElseThrow();
    }

    private void expect(String surprise, boolean holds) {
        if (!holds) {
            surprises.add(name + ": " + surprise);
        }
    }
}

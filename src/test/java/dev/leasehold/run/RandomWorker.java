package dev.leasehold.run;

import dev.leasehold.api.Cron;
import dev.leasehold.api.HoldPolicy;
import dev.leasehold.api.NewTask;
import dev.leasehold.api.NewTask.Gates;
import dev.leasehold.api.Outcome;
import dev.leasehold.api.Payload;
import dev.leasehold.api.Repeat;
import dev.leasehold.attempt.ExpireLeases;
import dev.leasehold.attempt.FinishAttempts;
import dev.leasehold.attempt.StartAttempts;
import dev.leasehold.database.Fixture;
import dev.leasehold.fault.Fault;
import dev.leasehold.lease.ClaimRuns;
import dev.leasehold.lease.HeldLease;
import dev.leasehold.lease.LeaseLost;
import dev.leasehold.lease.ReleaseLeases;
import dev.leasehold.lease.RenewLeases;
import dev.leasehold.run.Tally.Ask;
import dev.leasehold.schedule.DeriveRuns;
import dev.leasehold.settings.Settings;
import dev.leasehold.sql.Claimed;
import dev.leasehold.sql.Transient;
import dev.leasehold.stats.FoldTallies;
import dev.leasehold.task.SubmitTasks;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A worker of one node that does one thing after the other as dice fall, knows which of its calls have to be refused, and
 * remembers what it was told of its leases.
 */
final class RandomWorker {

    /** A run in hand: with an attempt that started, or leased only. */
    private record Held(Claimed claimed, UUID attempt, int number) {}

    private final Fixture queue;
    private final String name;
    private final Random random;
    private final Tenures tenures;
    private final Tally tally;
    private final RandomOperator operator;
    private final RandomPlanner planner;
    private final Map<UUID, Held> leased = new LinkedHashMap<>();
    private final Map<UUID, Held> started = new LinkedHashMap<>();
    private final List<String> surprises = new ArrayList<>();

    RandomWorker(Fixture queue, String name, Random random, Tenures tenures, Tally tally) {
        this.queue = queue;
        this.name = name;
        this.random = random;
        this.tenures = tenures;
        this.tally = tally;
        Judge judge = new Judge(tally, surprise -> expect(surprise, false));
        this.operator = new RandomOperator(queue, random, judge);
        this.planner = new RandomPlanner(queue, random, judge, operator);
    }

    /** Does that many things and answers how many runs are still in hand. */
    int walk(int commands) {
        for (int i = 0; i < commands; i++) {
            step();
        }
        return leased.size() + started.size();
    }

    /** The same, each in a transaction of its own: what a deadlock or a lock's timeout ended has changed nothing. */
    int walkOn(int commands) {
        for (int i = 0; i < commands; i++) {
            try {
                step();
            } catch (RuntimeException | AssertionError e) {
                expect("COMMANDS_ANSWER: " + e, Transient.is(e));
            }
        }
        return leased.size() + started.size();
    }

    private void step() {
        switch (random.nextInt(22)) {
            case 0 -> submit();
            case 2 -> queue.promote(1 + random.nextInt(5));
            case 1, 3, 4 -> claim();
            case 5 -> start();
            case 6 -> startWrongly();
            case 7, 8 -> finish();
            case 9, 10 -> renew();
            case 11 -> release();
            case 12 -> operator.order();
            case 13, 14 -> sweep();
            case 15 -> operator.limit();
            case 16 -> operator.pauseOrResume();
            case 17 -> operator.rerun();
            case 18 -> planner.order();
            case 19 -> operator.order();
            default -> finishWronglyOrWait();
        }
    }

    /** Calls that were answered otherwise than they had to be. */
    List<String> surprises() {
        return surprises;
    }

    private void submit() {
        NewTask[] tasks = new NewTask[1 + random.nextInt(3)];
        for (int i = 0; i < tasks.length; i++) {
            NewTask task = NewTask.of(pick(RandomOperator.TYPES))
                    .queue(pick(RandomOperator.QUEUES))
                    .priority(random.nextInt(5) - 2)
                    .maxAttempts(1 + random.nextInt(3))
                    .retryEvery(Duration.ofMillis(random.nextInt(3000)))
                    .gates(gates());
            task = random.nextInt(4) > 0 ? task : task.timeout(Duration.ofMillis(1 + random.nextInt(9000)));
            tasks[i] = random.nextBoolean()
                    ? recurring(task)
                    : recurring(task).scheduledAt(queue.clock.instant().plusMillis(random.nextInt(5000)));
        }
        List<SubmitTasks.Submitted> results =
                operator.asked(() -> queue.get(SubmitTasks.class).execute(Fixture.CALLER, List.of(tasks)));
        for (int i = 0; i < tasks.length; i++) {
            tally.count(tasks[i].gates().rate() == null ? Ask.SUBMIT : Ask.RATE, true);
            if (tasks[i].policy() instanceof Cron) {
                planner.recurs(results.get(i).taskId());
            }
        }
    }

    private NewTask recurring(NewTask task) {
        return switch (random.nextInt(8)) {
            case 0 -> task.repeat(new Repeat(2, Duration.ofSeconds(1)));
            case 1 -> task.cron(planner.cron());
            default -> task;
        };
    }

    private Gates gates() {
        return new Gates(
                random.nextBoolean() ? null : pick(RandomOperator.KEYS),
                pick(List.of(HoldPolicy.values())),
                random.nextInt(8) > 0 ? null : List.of("gpu"),
                random.nextInt(8) > 0 ? null : RandomOperator.rate(1 + random.nextInt(3)),
                random.nextInt(8) > 0 ? null : queue.clock.instant().plusMillis(random.nextInt(20_000)),
                null);
    }

    private void claim() {
        boolean start = random.nextBoolean();
        ClaimRuns.Filter filter = new ClaimRuns.Filter(
                RandomOperator.TYPES.subList(random.nextInt(RandomOperator.TYPES.size()), RandomOperator.TYPES.size()),
                null,
                List.of(),
                random.nextBoolean() ? List.of() : List.of("gpu"));
        ClaimRuns.Request request = new ClaimRuns.Request(
                new ClaimRuns.Holder(name, null), filter, 1 + random.nextInt(4), Duration.ofSeconds(30), start);
        Set<RandomOperator.Paused> paused = operator.paused();
        List<Claimed> granted = operator.asked(
                        () -> queue.get(ClaimRuns.class).execute(Fixture.CALLER, List.of(request)))
                .get(0);
        paused.retainAll(granted.isEmpty() ? Set.of() : operator.paused());
        for (Claimed one : granted) {
            paused.stream()
                    .filter(pause -> pause.isOf(one.queue(), one.taskId()))
                    .forEach(pause -> expect("PAUSED: " + one.runId() + " is granted of " + pause, false));
            UUID attempt = one.attemptId() == null ? new UUID(0, 0) : one.attemptId();
            // one that was in hand was taken away meanwhile, or it could not have been granted again
            Held before = leased.containsKey(one.runId()) ? leased.remove(one.runId()) : started.remove(one.runId());
            expect(
                    "a run is claimed under a fence that is not new",
                    before == null || before.claimed().fence() < one.fence());
            (start ? started : leased).put(one.runId(), new Held(one, attempt, one.attemptsStarted()));
            tally.count(Ask.CLAIM, true);
            tenures.granted(name, one.runId(), one.fence(), one.expiry());
            tenures.keyed(one.keys().concurrencyKey(), one.keys().fence(), one.runId());
        }
    }

    private void start() {
        if (leased.isEmpty()) {
            return;
        }
        Held held = leased.remove(pick(leased.keySet()));
        HeldLease request =
                new HeldLease(name, held.claimed().runId(), held.claimed().fence());
        StartAttempts.Result result = operator.asked(
                        () -> queue.get(StartAttempts.class).execute(Fixture.CALLER, List.of(request, request)))
                .get(0);
        tally.count(Ask.START, result.refusal() == null);
        if (lost("a start of its own is refused", result.refusal())) {
            return;
        }
        started.put(held.claimed().runId(), new Held(held.claimed(), result.attemptId(), result.number()));
        if (result.deadline() != null) {
            Duration grace = queue.get(Settings.class).timeoutGrace();
            tenures.bounded(request.runId(), request.fence(), result.deadline().plus(grace));
        }
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
        StartAttempts.Result result = operator.asked(
                        () -> queue.get(StartAttempts.class).execute(Fixture.CALLER, List.of(request)))
                .get(0);
        expect("FENCE: a wrong start is accepted", result.refusal() != null);
    }

    private void finish() {
        List<FinishAttempts.Report> reports = new ArrayList<>();
        for (int i = random.nextInt(3); i >= 0 && !started.isEmpty(); i--) {
            Held held = started.remove(pick(started.keySet()));
            reports.add(report(held, held.claimed().fence()));
        }
        List<FinishAttempts.Result> results = finish(reports);
        for (int i = 0; i < reports.size(); i++) {
            if (!lost("a finish of its own is refused", results.get(i).refusal())) {
                FinishAttempts.Report report = reports.get(i);
                tenures.reported(report.runId(), report.fence(), report.attemptId());
            }
        }
    }

    private List<FinishAttempts.Result> finish(List<FinishAttempts.Report> reports) {
        List<FinishAttempts.Result> results =
                operator.asked(() -> queue.get(FinishAttempts.class).execute(Fixture.CALLER, reports));
        for (int i = 0; i < results.size(); i++) {
            boolean snooze = reports.get(i).outcome().kind() == Outcome.Kind.SUSPENDED;
            tally.count(snooze ? Ask.SNOOZE : Ask.FINISH, results.get(i).refusal() == null);
        }
        return results;
    }

    private void finishWronglyOrWait() {
        if (started.isEmpty() || random.nextBoolean()) {
            queue.clock.advance(Duration.ofMillis(random.nextInt(4000)));
            return;
        }
        Held held = pick(started.values());
        FinishAttempts.Report wrong = report(held, held.claimed().fence() + (random.nextBoolean() ? 1 : -1));
        expect(
                "FENCE: a wrong finish is accepted",
                finish(List.of(wrong)).get(0).refusal() != null);
    }

    private void renew() {
        List<Held> any = new ArrayList<>(leased.values());
        any.addAll(started.values());
        if (!any.isEmpty()) {
            Held held = pick(any);
            RenewLeases.Result result = renew(lease(held));
            if (!lost("a renewal of its own is refused", result.refusal())) {
                tenures.kept(held.claimed().runId(), held.claimed().fence(), result.expiry());
            }
            HeldLease stale =
                    new HeldLease(name, held.claimed().runId(), held.claimed().fence() - 1);
            expect("FENCE: a wrong renewal is accepted", renew(stale).refusal() != null);
        }
    }

    private RenewLeases.Result renew(HeldLease lease) {
        RenewLeases.Request request = new RenewLeases.Request(lease, Duration.ofSeconds(30));
        RenewLeases.Result result = operator.asked(
                        () -> queue.get(RenewLeases.class).execute(Fixture.CALLER, List.of(request)))
                .get(0);
        tally.count(Ask.RENEW, result.refusal() == null);
        return result;
    }

    private void release() {
        if (!leased.isEmpty()) {
            Held held = leased.remove(pick(leased.keySet()));
            ReleaseLeases.Result result = operator.asked(
                            () -> queue.get(ReleaseLeases.class).execute(Fixture.CALLER, List.of(lease(held))))
                    .get(0);
            tally.count(Ask.RELEASE, result.refusal() == null);
            lost("a release of its own is refused", result.refusal());
        }
    }

    /** What timers do, and a look at what holds at every instant. */
    private void sweep() {
        switch (random.nextInt(6)) {
            case 5 -> operator.asked(() -> queue.get(FoldTallies.class).execute(Fixture.CALLER, List.of(1)));
            case 0 -> operator.asked(() -> queue.get(UnparkRuns.class).execute(Fixture.CALLER, List.of(100)));
            case 1 -> operator.asked(() -> queue.get(ExpireRuns.class).execute(Fixture.CALLER, List.of(100)));
            case 2 -> operator.asked(() -> queue.get(DeriveRuns.class).execute(Fixture.CALLER, List.of(100)));
            default -> operator.asked(() -> queue.get(ExpireLeases.class).execute(Fixture.CALLER, List.of(100)));
        }
        surprises.addAll(Invariant.broken(queue.dataSource, Invariant.cheap()));
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
            default -> Outcome.snooze(Duration.ofMillis(random.nextInt(9000)));
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

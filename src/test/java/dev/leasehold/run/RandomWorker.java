package dev.leasehold.run;

import dev.leasehold.api.NewTask;
import dev.leasehold.api.Outcome;
import dev.leasehold.api.Payload;
import dev.leasehold.attempt.FinishAttempts;
import dev.leasehold.attempt.StartAttempts;
import dev.leasehold.database.Fixture;
import dev.leasehold.lease.HeldLease;
import dev.leasehold.sql.Claimed;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;

/** A worker that does one thing after the other as dice fall, and knows which of its calls have to be refused. */
final class RandomWorker {

    private static final List<String> TYPES = List.of("mail", "report", "index");

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
            switch (random.nextInt(10)) {
                case 0, 1 -> submit();
                case 2 -> queue.promote(1 + random.nextInt(5));
                case 3, 4 -> claim();
                case 5 -> start();
                case 6 -> startWrongly();
                case 7, 8 -> finish();
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
            expect("a run is claimed that is in hand", !leased.containsKey(one.runId()));
            expect("a run is claimed that is being done", !started.containsKey(one.runId()));
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
        expect("a start of its own is refused", result.refusal() == null);
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
                .forEach(result -> expect("a finish of its own is refused", result.refusal() == null));
    }

    private void finishWronglyOrWait() {
        if (started.isEmpty() || random.nextBoolean()) {
            queue.clock.advance(Duration.ofMillis(random.nextInt(2000)));
            return;
        }
        Held held = pick(started.values());
        FinishAttempts.Report wrong = report(held, held.claimed().fence() + (random.nextBoolean() ? 1 : -1));
        expect("a wrong finish is accepted", queue.finish(wrong).get(0).refusal() != null);
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

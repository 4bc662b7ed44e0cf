package dev.leasehold.testing;

import dev.leasehold.api.Handler;
import dev.leasehold.api.NewTask;
import dev.leasehold.testing.Mishap.Kind;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A scenario under one schedule, from the first task until nothing is due. Everything happens on one thread. */
final class Trial implements Probe {

    private static final int LOCK_MILLIS = 50;
    private static final int MOST = 1000;
    private static final int LONGEST = 100;

    private final Scenario scenario;
    private final Schedule schedule;
    private final Store store = new Store(LOCK_MILLIS);
    private final Map<QueueProcess, UUID> underWay = new HashMap<>();
    private final List<TestQueue> queues = new ArrayList<>();
    private final List<String> steps = new ArrayList<>();
    private final Set<Integer> reported = new TreeSet<>();
    private int attempts;
    private @Nullable Throwable trouble;

    Trial(Scenario scenario, Schedule schedule) {
        this.scenario = scenario;
        this.schedule = schedule;
    }

    /** What each step was. */
    List<String> steps() {
        return steps;
    }

    int attempts() {
        return attempts;
    }

    /** The attempts whose results were not committed with what their handlers wrote, by number. */
    Set<Integer> reported() {
        return reported;
    }

    /**
     * Runs it.
     *
     * @throws AssertionError when the invariant does not hold
     * @throws Exception when the scenario throws one
     */
    void run() throws Exception {
        try (store) {
            TestQueue onlooker = new TestQueue(new QueueProcess("onlooker", store, Probe.NONE));
            scenario.prepare(onlooker.dataSource());
            for (NewTask task : scenario.tasks()) {
                onlooker.submit(task);
            }
            toRest();
            if (queues.stream().mapToInt(TestQueue::sendLost).sum() > 0) {
                throw new AssertionError("the queue heard a report although the lease was lost");
            }
            scenario.check(onlooker);
        }
    }

    private void toRest() throws Exception {
        TestQueue queue = process();
        Optional<Instant> next = Optional.of(store.clock().instant());
        while (next.isPresent()) {
            store.clock().set(next.get());
            queue.runAll();
            requireNoTrouble();
            next = queue.dead() ? Optional.of(store.clock().instant()) : store.next();
            queue = queue.dead() ? process() : queue;
        }
    }

    private void requireNoTrouble() {
        if (trouble != null) {
            throw new IllegalStateException("the process that took over failed", trouble);
        }
    }

    private TestQueue process() throws Exception {
        TestQueue queue = new TestQueue(new QueueProcess("process-" + (queues.size() + 1), store, this));
        queues.add(queue);
        return queue.add(scenario.handlers(queue).toArray(Handler<?>[]::new));
    }

    @Override
    public boolean attempt(QueueProcess process, UUID run) {
        if (++attempts > MOST) {
            throw new IllegalStateException("after " + MOST + " attempts there are still runs due");
        }
        underWay.put(process, run);
        return schedule.has(Kind.REPORT_LOST, attempts);
    }

    @Override
    public void reports(QueueProcess process) {
        reported.add(attempts);
    }

    @Override
    public void ended(QueueProcess process) {
        underWay.remove(process);
    }

    @Override
    public int before(QueueProcess process, String what) {
        UUID run = underWay.get(process);
        if (run == null) {
            return 0;
        }
        steps.add(brief(what));
        int step = steps.size();
        if (schedule.has(Kind.DIES_BEFORE, step)) {
            process.die();
        } else if (schedule.has(Kind.LEASE_LOST, step)) {
            store.aside(() -> takenOver(run));
        }
        return step;
    }

    private static String brief(String what) {
        String line = what.strip().replaceAll("\\s+", " ");
        return line.length() <= LONGEST ? line : line.substring(0, LONGEST) + "…";
    }

    @Override
    public void after(QueueProcess process, int step) {
        if (step > 0 && schedule.has(Kind.DIES_AFTER, step)) {
            process.die();
        }
    }

    /** The lease ends, and a new process attempts the run, once: what it waits for may be locked by the one that is at it. */
    private boolean takenOver(UUID run) {
        try {
            TestQueue other = process();
            store.leaseEnd(run).ifPresent(this::until);
            other.work();
            store.dueAt(run).ifPresent(this::until);
            other.work();
        } catch (Exception | AssertionError | LinkageError e) {
            trouble = e;
        }
        return true;
    }

    private void until(Instant instant) {
        if (instant.isAfter(store.clock().instant())) {
            store.clock().set(instant);
        }
    }

    /** The schedule in words. */
    String words() {
        return schedule.mishaps().isEmpty()
                ? "nothing goes wrong"
                : String.join(
                        "; ",
                        schedule.mishaps().stream()
                                .map(mishap -> mishap.words(steps))
                                .toList());
    }
}

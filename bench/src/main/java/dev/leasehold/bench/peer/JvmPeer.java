package dev.leasehold.bench.peer;

import dev.leasehold.bench.contender.Case;
import dev.leasehold.bench.contender.Contender;
import dev.leasehold.bench.contender.Database;
import dev.leasehold.bench.contender.Outcome;
import dev.leasehold.bench.contender.Probe;
import java.util.Map;
import java.util.function.Supplier;

/**
 * Another system on the JVM. It enqueues and works in this process.
 *
 * @param runs the cases that it takes part in, and how many runs keep it busy for 5 to 15 s
 */
record JvmPeer(String name, Supplier<JvmQueue> queues, Map<String, Integer> runs) implements Contender {
    private static final int LOAD_BATCH = 1_000;

    @Override
    public boolean knows(Case c) {
        return runs.containsKey(c.id());
    }

    @Override
    public int runs(Case c) {
        return runs.getOrDefault(c.id(), c.runs());
    }

    @Override
    public void load(Database db, Case c) throws Exception {
        var queue = queues.get();
        queue.create(db);
        switch (c.workload()) {
            case W2, W4 -> {
                queue.open(db);
                queue.surround(db, c.number("finished", 0), c.number("future", 0));
                for (int from = 0; from < c.runs(); from += LOAD_BATCH) {
                    queue.enqueue(from, Math.min(LOAD_BATCH, c.runs() - from));
                }
            }
            default -> {
                // the case enqueues
            }
        }
    }

    @Override
    public Outcome run(Database db, Case c, Probe probe) throws Exception {
        probe.client(ProcessHandle.current().pid());
        var queue = queues.get();
        return switch (c.workload()) {
            case W1 -> new Enqueueing(queue, db, c).run(probe);
            case W2, W4 -> new Draining(queue, db, c).run(probe);
            case W3 -> new Waking(queue, db, c).run(probe);
            default -> throw new IllegalArgumentException(c.id());
        };
    }
}

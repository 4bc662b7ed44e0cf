package dev.leasehold.bench.peer;

import dev.leasehold.bench.contender.Case;
import dev.leasehold.bench.contender.Database;
import dev.leasehold.bench.contender.Outcome;
import dev.leasehold.bench.contender.Probe;
import dev.leasehold.bench.contender.WarmUp;
import java.util.ArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;

/** W1: threads that enqueue, one or many runs at a time, with nobody at work. */
record Enqueueing(JvmQueue queue, Database db, Case c) {
    Outcome run(Probe probe) throws Exception {
        int batch = c.number("batch", 1);
        queue.open(db);
        int warm = WarmUp.of(c, (from, to) -> enqueue(from, to, batch));
        probe.started();
        enqueue(warm, warm + c.runs(), batch);
        probe.complete();
        long there = db.number(queue.pending());
        return there == warm + c.runs()
                ? Outcome.good()
                : Outcome.voided(there + " runs are there instead of " + (warm + c.runs()));
    }

    private void enqueue(int from, int to, int batch) throws Exception {
        var next = new AtomicInteger(from);
        int threads = c.number("threads", 1);
        var pool = Executors.newFixedThreadPool(threads);
        try {
            var futures = new ArrayList<Future<?>>();
            for (int i = 0; i < threads; i++) {
                futures.add(pool.submit(() -> {
                    for (int first = next.getAndAdd(batch); first < to; first = next.getAndAdd(batch)) {
                        enqueue(first, Math.min(batch, to - first));
                    }
                    return null;
                }));
            }
            for (var future : futures) {
                future.get();
            }
        } finally {
            pool.shutdown();
        }
    }

    private void enqueue(int first, int count) throws Exception {
        if (c.number("batch", 1) == 1) {
            queue.enqueue(first);
        } else {
            queue.enqueue(first, count);
        }
    }
}

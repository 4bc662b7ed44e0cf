package dev.leasehold.bench.peer;

import dev.leasehold.bench.contender.Case;
import dev.leasehold.bench.contender.Database;
import dev.leasehold.bench.contender.Outcome;
import dev.leasehold.bench.contender.Probe;
import java.util.concurrent.locks.LockSupport;

/** W3: a run every so often, and how long it takes from its commit to the start of its handler in the same process. */
record Waking(JvmQueue queue, Database db, Case c) {
    private static final int WARM = 100;
    private static final int SETTLE_MILLIS = 3_000;
    private static final long LONGEST_NANOS = 30_000_000_000L;

    Outcome run(Probe probe) throws Exception {
        int all = WARM + c.runs();
        var handled = Handled.expect(all, null);
        queue.open(db);
        queue.start();
        Thread.sleep(SETTLE_MILLIS);
        try (var pending = new Pending(db, queue)) {
            var committed = enqueue(all, probe);
            pending.awaitNone(handled, all, System.nanoTime() + LONGEST_NANOS);
            probe.complete();
            var count = new Count(all, handled.count(), handled.twice(), pending.count(), all);
            if (count.outcome().voided() == null) {
                probe.latencies(latencies(handled, committed));
            }
            return count.outcome();
        }
    }

    /** When each was committed. */
    private long[] enqueue(int all, Probe probe) throws Exception {
        long between = 1_000_000_000L / c.number("per_second", 50);
        var committed = new long[all];
        long first = System.nanoTime();
        for (int i = 0; i < all; i++) {
            if (i == WARM) {
                probe.started();
            }
            waitUntil(first + i * between);
            queue.enqueue(i);
            committed[i] = System.nanoTime();
        }
        return committed;
    }

    /** A handler may begin before the call that committed its run returns: that is no latency at all. */
    private double[] latencies(Handled handled, long[] committed) {
        var millis = new double[c.runs()];
        for (int i = 0; i < millis.length; i++) {
            millis[i] = Math.max(0, handled.begun(WARM + i) - committed[WARM + i]) / 1e6;
        }
        return millis;
    }

    private static void waitUntil(long nanos) {
        for (long left = nanos - System.nanoTime(); left > 0; left = nanos - System.nanoTime()) {
            LockSupport.parkNanos(left);
        }
    }
}

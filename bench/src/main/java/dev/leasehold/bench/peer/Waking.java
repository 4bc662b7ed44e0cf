package dev.leasehold.bench.peer;

import dev.leasehold.bench.contender.Case;
import dev.leasehold.bench.contender.Database;
import dev.leasehold.bench.contender.Outcome;
import dev.leasehold.bench.contender.Probe;
import java.util.concurrent.locks.LockSupport;

/** W3: a run every so often, and how long it takes from its commit to the start of its handler in the same process. */
record Waking(JvmQueue queue, Database db, Case c) {
    private static final int WARM = 20_000;
    private static final int WARM_PER_SECOND = 500;
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
        var committed = new long[all];
        enqueue(committed, 0, WARM, WARM_PER_SECOND);
        probe.started();
        enqueue(committed, WARM, all, c.number("per_second", 50));
        return committed;
    }

    private void enqueue(long[] committed, int from, int to, int perSecond) throws Exception {
        long first = System.nanoTime();
        for (int i = from; i < to; i++) {
            waitUntil(first + (i - from) * 1_000_000_000L / perSecond);
            queue.enqueue(i);
            committed[i] = System.nanoTime();
        }
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

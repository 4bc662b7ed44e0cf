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
        var committed = new long[all];
        long first = System.nanoTime();
        for (int i = 0; i < all; i++) {
            if (i == WARM) {
                probe.started();
            }
            waitUntil(first + i * 1_000_000_000L / c.number("per_second", 50));
            queue.enqueue(i);
            committed[i] = System.nanoTime();
        }
        long limit = System.nanoTime() + LONGEST_NANOS;
        while (handled.count() < all && System.nanoTime() < limit) {
            Thread.sleep(10);
        }
        probe.complete();
        return latencies(handled, committed, probe);
    }

    private Outcome latencies(Handled handled, long[] committed, Probe probe) {
        if (handled.count() != committed.length || handled.twice() > 0) {
            return Outcome.voided("of " + committed.length + " runs " + handled.count() + " were handled, "
                    + handled.twice() + " of them again");
        }
        var millis = new double[c.runs()];
        for (int i = 0; i < millis.length; i++) {
            // a handler may begin before the call that committed its run returns
            millis[i] = Math.max(0, handled.begun(WARM + i) - committed[WARM + i]) / 1e6;
        }
        probe.latencies(millis);
        return Outcome.good();
    }

    private static void waitUntil(long nanos) {
        for (long left = nanos - System.nanoTime(); left > 0; left = nanos - System.nanoTime()) {
            LockSupport.parkNanos(left);
        }
    }
}

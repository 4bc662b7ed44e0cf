package dev.leasehold.bench.peer;

import dev.leasehold.bench.contender.Case;
import dev.leasehold.bench.contender.Database;
import dev.leasehold.bench.contender.Outcome;
import dev.leasehold.bench.contender.Probe;

/** W2 and W4: everything that is due is handled, until the database says that nothing is left. */
record Draining(JvmQueue queue, Database db, Case c) {
    private static final long LONGEST_NANOS = 300_000_000_000L;

    Outcome run(Probe probe) throws Exception {
        var handled = Handled.expect(c.runs(), probe);
        queue.open(db);
        try (var pending = new Pending(db, queue)) {
            probe.started();
            long limit = System.nanoTime() + LONGEST_NANOS;
            queue.start();
            pending.awaitNone(handled, c.runs(), limit);
            probe.complete();
            var kept = queue.kept();
            long complete = kept == null ? c.runs() : db.number(kept) - c.number("finished", 0);
            return new Count(c.runs(), handled.count(), handled.twice(), pending.count(), complete).outcome();
        }
    }
}

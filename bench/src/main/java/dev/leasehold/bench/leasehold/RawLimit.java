package dev.leasehold.bench.leasehold;

import dev.leasehold.bench.contender.Case;
import dev.leasehold.bench.contender.Contender;
import dev.leasehold.bench.contender.Database;
import dev.leasehold.bench.contender.Outcome;
import dev.leasehold.bench.contender.Probe;
import dev.leasehold.bench.contender.WarmUp;
import dev.leasehold.bench.contender.Workload;
import dev.leasehold.node.QueueDataSource;
import dev.leasehold.sql.Floors;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;

/**
 * What the product's schema and statements can do at most on this machine: plain JDBC, explicit transactions, every row of
 * the contract, and nothing else.
 */
public final class RawLimit implements Contender {

    private static final int DRAINERS = 2;

    private static final int BATCH = 500;

    private static final Set<Workload> ALSO = EnumSet.of(Workload.W1, Workload.W4, Workload.W7);

    /** With batches of 500, and of other sizes for W2. */
    public static final List<Contender> ALL = List.of(new RawLimit(BATCH), new RawLimit(100), new RawLimit(1000));

    private final int batch;

    private RawLimit(int batch) {
        this.batch = batch;
    }

    @Override
    public String name() {
        return batch == BATCH ? "raw-limit" : "raw-limit-" + batch;
    }

    @Override
    public boolean knows(Case c) {
        return c.workload() == Workload.W2 || (batch == BATCH && ALSO.contains(c.workload()));
    }

    @Override
    public int runs(Case c) {
        return Forms.runs(c);
    }

    @Override
    public void load(Database db, Case c) throws SQLException {
        Load.schema(db);
        Load.runs(db, Forms.expected(c));
    }

    @Override
    public Outcome run(Database db, Case c, Probe probe) throws Exception {
        probe.client(ProcessHandle.current().pid());
        Expected before = Forms.expected(c);
        boolean enqueues = c.workload() == Workload.W1;
        // their connections are closed behind the measurement: a process that ends takes its CPU with it
        List<RawQueue> queues = open(db, enqueues ? Forms.threads(c) : drainers(c));
        int warm;
        try {
            warm = enqueues ? WarmUp.of(c, (from, to) -> together(queues, submitting(c, to - from))) : 0;
            Work work = enqueues ? submitting(c, c.runs()) : draining(c, probe);
            probe.started();
            together(queues, work);
            probe.complete();
        } finally {
            for (RawQueue queue : queues) {
                queue.close();
            }
        }
        Expected after = enqueues ? new Expected(0, warm + c.runs(), 0) : before.drained();
        try (Connection connection = db.open()) {
            return Audit.of(connection, after).map(Outcome::voided).orElse(Outcome.good());
        }
    }

    private static List<RawQueue> open(Database db, int count) throws SQLException {
        SortableIds ids = new SortableIds();
        Floors floors = new Floors();
        List<RawQueue> queues = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            queues.add(new RawQueue(db.open(QueueDataSource.OPTIONS), floors, ids));
        }
        return queues;
    }

    private static Work submitting(Case c, int runs) {
        AtomicLong left = new AtomicLong(runs);
        int batch = Forms.batch(c);
        return queue -> {
            long room = left.getAndAdd(-batch);
            while (room > 0) {
                queue.submit((int) Math.min(batch, room), Duration.ZERO);
                room = left.getAndAdd(-batch);
            }
        };
    }

    /** As many workers as W7 has are one that takes as many runs at once. */
    private static int drainers(Case c) {
        return c.workload() == Workload.W7 ? 1 : DRAINERS;
    }

    private Work draining(Case c, Probe probe) {
        AtomicLong done = new AtomicLong();
        int wanted = c.number("workers", batch);
        return queue -> {
            do {
                int finished = queue.round(wanted);
                probe.progress(done.addAndGet(finished));
            } while (!queue.idle());
        };
    }

    private static void together(List<RawQueue> queues, Work work) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(queues.size());
        try {
            List<Callable<Void>> calls = queues.stream()
                    .map(queue -> (Callable<Void>) () -> {
                        work.on(queue);
                        return null;
                    })
                    .toList();
            for (Future<Void> end : threads.invokeAll(calls)) {
                end.get();
            }
        } finally {
            threads.shutdownNow();
        }
    }

    private interface Work {
        void on(RawQueue queue) throws SQLException;
    }
}

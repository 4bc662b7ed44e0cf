package dev.leasehold.bench.leasehold;

import com.fasterxml.jackson.databind.JsonNode;
import dev.leasehold.bench.contender.Case;
import dev.leasehold.bench.contender.Database;
import dev.leasehold.bench.contender.Outcome;
import dev.leasehold.bench.contender.Probe;
import java.util.concurrent.TimeUnit;

/**
 * W3: an application submits at a steady pace; how long it takes from the return of its commit until the handler is called,
 * on the same node or on another. Both clocks are the machine's own.
 */
final class Wake {

    private static final int THREADS = 8;
    private static final int WARM_UP = 20_000;
    private static final int WARM_UP_PER_SECOND = 500;
    private static final long LONGEST_SECONDS = 60;
    private static final double NANOS_OF_A_MILLI = 1e6;

    private final Database database;
    private final Case c;

    Wake(Database database, Case c) {
        this.database = database;
        this.c = c;
    }

    Outcome run(Probe probe) throws Exception {
        try (Sides sides = Sides.start(database, c, THREADS)) {
            return measure(sides, probe);
        }
    }

    private Outcome measure(Sides sides, Probe probe) throws Exception {
        Node submitter = sides.asked();
        Node worker = sides.worker();
        int perSecond = c.number("per_second", 50);
        pace(submitter, WARM_UP, WARM_UP_PER_SECOND, 0);
        sides.measured(probe);
        JsonNode before = worker.api().get("/bench/begun");
        probe.started();
        pace(submitter, c.runs(), perSecond, WARM_UP);
        probe.complete();
        JsonNode begun = worker.api().get("/bench/begun");
        JsonNode committed = submitter.api().get("/bench/committed");
        probe.latencies(committed.properties().stream()
                .filter(one -> !before.has(one.getKey()))
                .mapToDouble(one ->
                        millis(one.getValue().asLong(), begun.path(one.getKey()).asLong()))
                .toArray());
        return new Verified(database, worker.api()).outcome(new Expected(WARM_UP + c.runs(), 0, 0));
    }

    /** A handler may begin before the commit has returned to the one who submitted. */
    private static double millis(long committed, long begun) {
        return Math.max(0, begun - committed) / NANOS_OF_A_MILLI;
    }

    private void pace(Node submitter, int runs, int perSecond, int before) throws Exception {
        submitter.api().post("/bench/pace?runs=" + runs + "&per_second=" + perSecond, "");
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(LONGEST_SECONDS);
        long completed;
        do {
            if (System.nanoTime() > end) {
                throw new IllegalStateException("not all runs are handled");
            }
            TimeUnit.MILLISECONDS.sleep(100);
            completed = database.number("select count(*) from leasehold.run where state = 'Completed'");
        } while (completed < before + runs);
    }
}

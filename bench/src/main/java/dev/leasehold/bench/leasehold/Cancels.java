package dev.leasehold.bench.leasehold;

import com.fasterxml.jackson.databind.JsonNode;
import dev.leasehold.bench.contender.Case;
import dev.leasehold.bench.contender.Database;
import dev.leasehold.bench.contender.Outcome;
import dev.leasehold.bench.contender.Probe;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * W8: handlers wait until they are told to stop, and their runs are canceled one after the other: how long it takes from the
 * request, on the same node or another, until a handler that asks every 10 ms sees its token.
 */
final class Cancels {

    private static final String TASK = "{\"type\":\"wait\"}";
    private static final long LONGEST_SECONDS = 60;
    private static final long APART_MILLIS = 250;
    private static final double NANOS_OF_A_MILLI = 1e6;

    private final Database database;
    private final Case c;

    Cancels(Database database, Case c) {
        this.database = database;
        this.c = c;
    }

    Outcome run(Probe probe) throws Exception {
        try (Sides sides = Sides.start(database, c, c.runs())) {
            return measure(sides, probe);
        }
    }

    private Outcome measure(Sides sides, Probe probe) throws Exception {
        Node asked = sides.asked();
        Node worker = sides.worker();
        for (int i = 0; i < c.runs(); i++) {
            asked.api().post("/leasehold/api/v1/tasks", TASK);
        }
        await(worker, "/bench/begun");
        Map<String, String> runs = runs();
        Map<String, Long> canceled = new HashMap<>();
        sides.measured(probe);
        probe.started();
        for (Map.Entry<String, String> run : runs.entrySet()) {
            canceled.put(run.getKey(), System.nanoTime());
            asked.api().post("/leasehold/api/v1/runs/" + run.getValue() + "/cancel", "{}");
            TimeUnit.MILLISECONDS.sleep(APART_MILLIS);
        }
        JsonNode stopped = await(worker, "/bench/stopped");
        probe.complete();
        double[] millis = canceled.entrySet().stream()
                .mapToDouble(one -> (stopped.path(one.getKey()).asLong() - one.getValue()) / NANOS_OF_A_MILLI)
                .toArray();
        probe.latencies(millis);
        long others = database.number("select count(*) from leasehold.run where state <> 'Canceled'");
        return others == 0 && Arrays.stream(millis).allMatch(one -> one > 0)
                ? Outcome.good()
                : Outcome.voided("a handler was told to stop for another reason");
    }

    /** The run of each task. */
    private Map<String, String> runs() throws SQLException {
        Map<String, String> runs = new HashMap<>();
        try (Connection connection = database.open();
                Statement statement = connection.createStatement();
                ResultSet found = statement.executeQuery("select task_id, run_id from leasehold.run")) {
            while (found.next()) {
                runs.put(found.getString(1), found.getString(2));
            }
        }
        return runs;
    }

    private JsonNode await(Node worker, String path) throws InterruptedException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(LONGEST_SECONDS);
        JsonNode found = worker.api().get(path);
        while (found.size() < c.runs()) {
            if (System.nanoTime() > end) {
                throw new IllegalStateException("only " + found.size() + " at " + path);
            }
            TimeUnit.MILLISECONDS.sleep(100);
            found = worker.api().get(path);
        }
        return found;
    }
}

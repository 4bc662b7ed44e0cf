package dev.leasehold.bench.leasehold;

import com.fasterxml.jackson.databind.JsonNode;
import dev.leasehold.bench.contender.Case;
import dev.leasehold.bench.contender.Database;
import dev.leasehold.bench.contender.Outcome;
import dev.leasehold.bench.contender.Probe;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongConsumer;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/**
 * W5: clients of the API, each with a connection that is kept, submit, claim and start, and finish, in batches. This process
 * is the clients'; the server handles nothing itself.
 */
final class OverHttp {

    private static final String V1 = "/leasehold/api/v1";
    private static final String TASK = "{\"type\":\"echo\"}";

    /** That part of the runs goes before, while the server is cold. */
    private static final int WARM_UP = 4;

    private final Database database;
    private final Case c;
    private final AtomicLong toSubmit = new AtomicLong();
    private final AtomicLong done = new AtomicLong();
    private volatile boolean ended;

    OverHttp(Database database, Case c) {
        this.database = database;
        this.c = c;
    }

    Outcome run(Probe probe) throws Exception {
        try (Node node = Node.start(Layout.of(database, Built.released(), 0))) {
            Verified verified = new Verified(database, node.api());
            Optional<String> fault = verified.fault(Forms.expected(c));
            if (fault.isPresent()) {
                return Outcome.voided("before: " + fault.get());
            }
            int warmUp = c.runs() / WARM_UP;
            clients(node, warmUp, none -> {});
            ProcessHandle clients = ProcessHandle.current();
            probe.client(clients.pid());
            probe.client(node.pid());
            double used = seconds(clients);
            double served = seconds(node.process());
            probe.started();
            clients(node, c.runs(), probe::progress);
            probe.complete();
            double perRun = 1e6 / c.runs();
            return verified.outcome(new Expected(warmUp + c.runs(), 0, 0))
                    .with("server µs/run", (seconds(node.process()) - served) * perRun)
                    .with("HTTP client µs/run", (seconds(clients) - used) * perRun);
        }
    }

    private static double seconds(ProcessHandle process) {
        return process.info().totalCpuDuration().orElseThrow().toNanos() / 1e9;
    }

    private void clients(Node node, int runs, LongConsumer progress) throws Exception {
        toSubmit.set(runs);
        done.set(0);
        ended = false;
        int count = Forms.threads(c);
        ExecutorService threads = Executors.newFixedThreadPool(count);
        try {
            List<Callable<Void>> clients = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                String owner = "client-" + i;
                clients.add(() -> {
                    try {
                        client(node.api(), owner, runs, progress);
                        return null;
                    } finally {
                        ended = true;
                    }
                });
            }
            for (Future<Void> end : threads.invokeAll(clients)) {
                end.get();
            }
        } finally {
            threads.shutdownNow();
        }
    }

    /** What one client submits another may be granted: each goes on until all are done, or one has failed. */
    private void client(Api api, String owner, int runs, LongConsumer progress) {
        int batch = Forms.batch(c);
        while (done.get() < runs && !ended) {
            long room = toSubmit.getAndAdd(-batch);
            if (room > 0) {
                submit(api, (int) Math.min(room, batch));
            }
            JsonNode leases = api.post(
                            V1 + "/leases",
                            "{\"owner\":\"" + owner + "\",\"types\":[\"echo\"],\"start\":true,\"max\":" + batch + "}")
                    .path("leases");
            if (!leases.isEmpty()) {
                finish(api, owner, leases);
                progress.accept(done.addAndGet(leases.size()));
            }
        }
    }

    private static void submit(Api api, int tasks) {
        if (tasks == 1) {
            api.post(V1 + "/tasks", TASK);
        } else {
            api.post(V1 + "/tasks/batch", "{\"tasks\":[" + (TASK + ",").repeat(tasks - 1) + TASK + "]}");
        }
    }

    private static void finish(Api api, String owner, JsonNode leases) {
        String attempts = StreamSupport.stream(leases.spliterator(), false)
                .map(lease -> "{\"run_id\":" + lease.get("run_id") + ",\"attempt_id\":" + lease.get("attempt_id")
                        + ",\"fence\":" + lease.get("fence") + ",\"outcome\":{\"result\":\"success\"}}")
                .collect(Collectors.joining(","));
        JsonNode answer =
                api.post(V1 + "/attempts/finish", "{\"owner\":\"" + owner + "\",\"attempts\":[" + attempts + "]}");
        for (JsonNode result : answer.path("results")) {
            if (!result.path("status").asText().equals("accepted")) {
                throw new IllegalStateException("a report was not accepted: " + result);
            }
        }
    }
}

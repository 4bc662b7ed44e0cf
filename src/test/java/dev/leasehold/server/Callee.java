package dev.leasehold.server;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Where handlers of type {@code http.request} call: remembers every call, and answers 200 when it is told to. */
final class Callee implements AutoCloseable {

    /** What a handler said of its attempt. */
    record Call(String key, UUID run, int attempt, UUID attemptId, long fence) {
        static Call of(Headers headers) {
            return new Call(
                    headers.getFirst("Idempotency-Key"),
                    UUID.fromString(headers.getFirst("Leasehold-Run-Id")),
                    Integer.parseInt(headers.getFirst("Leasehold-Attempt")),
                    UUID.fromString(headers.getFirst("Leasehold-Attempt-Id")),
                    Long.parseLong(headers.getFirst("Leasehold-Fence")));
        }
    }

    private final Queue<Call> calls = new ConcurrentLinkedQueue<>();
    private final Queue<Call> held = new ConcurrentLinkedQueue<>();
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final CountDownLatch end = new CountDownLatch(1);
    private final AtomicInteger busy = new AtomicInteger();
    private final AtomicInteger busiest = new AtomicInteger();
    private final HttpServer server;
    private volatile Duration pace = Duration.ZERO;
    private volatile CountDownLatch gate = new CountDownLatch(0);

    Callee() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getByName("localhost"), 0), 0);
        server.setExecutor(threads);
        server.createContext("/", this::handle);
        server.start();
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            Call call = Call.of(exchange.getRequestHeaders());
            CountDownLatch toWaitFor = gate;
            calls.add(call);
            busiest.accumulateAndGet(busy.incrementAndGet(), Math::max);
            if (toWaitFor.getCount() > 0) {
                held.add(call);
            }
            toWaitFor.await();
            end.await(pace.toMillis(), TimeUnit.MILLISECONDS);
            busy.decrementAndGet();
            exchange.sendResponseHeaders(200, -1);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Each call takes that long, beside what it is held. */
    void pace(Duration duration) {
        pace = duration;
    }

    /** How many calls there were at once at most. */
    int busiest() {
        return busiest.get();
    }

    /** Calls that come from now on get no answer until {@link #letGo}. */
    void hold() {
        held.clear();
        gate = new CountDownLatch(1);
    }

    /** Answers at once from now on; those that wait get no answer. */
    void leave() {
        gate = new CountDownLatch(0);
    }

    /** Answers those that wait, and others at once. */
    void letGo() {
        gate.countDown();
    }

    /** The calls that waited since {@link #hold}. */
    List<Call> held() {
        return List.copyOf(held);
    }

    /** Every call so far. */
    List<Call> calls() {
        return List.copyOf(calls);
    }

    /** What a server must be allowed to call here. */
    String setting() {
        return "-Dleasehold.http-hosts=localhost:" + server.getAddress().getPort();
    }

    /** A task that calls here once, may be attempted ten times, and does not wait in between. */
    String task(String id, String method) {
        return """
                {"id": "%s", "type": "http.request",
                 "payload": {"json": {"method": "%s", "url": "http://localhost:%d/"}},
                 "constraints": {"max_attempts": 10, "backoff": {"strategy": "fixed", "delay_secs": 0}}}
                """.formatted(id, method, server.getAddress().getPort());
    }

    /** A batch of tasks that call here once each, have one attempt, and that many seconds for it. */
    String tasks(int count, int timeoutSecs) {
        String task = """
                {"type": "http.request", "payload": {"json": {"method": "GET", "url": "http://localhost:%d/"}},
                 "constraints": {"max_attempts": 1, "timeout_secs": %d}}
                """.formatted(server.getAddress().getPort(), timeoutSecs);
        return "{\"tasks\": [" + String.join(",", Collections.nCopies(count, task)) + "]}";
    }

    @Override
    public void close() {
        letGo();
        end.countDown();
        server.stop(0);
        threads.shutdownNow();
    }
}

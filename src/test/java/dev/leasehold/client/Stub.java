package dev.leasehold.client;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.LockSupport;

/** A server that answers as it is told, and remembers what it was asked. */
public final class Stub implements AutoCloseable {

    /** What was asked; the path with its query, headers by name in any case of letters. */
    public record Asked(String method, String path, Map<String, String> headers, String body) {

        public JsonNode json() {
            try {
                return JSON.readTree(body);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /** An answer; with status 0 none, the connection is cut; with -1 a part of one, and the connection is kept. */
    public record Reply(int status, String body, Map<String, String> headers) {

        public static Reply ok(String body) {
            return new Reply(200, body, Map.of());
        }

        public static Reply refusal(int status, String error, String message) {
            return new Reply(
                    status,
                    "{\"error\":\"" + error + "\",\"message\":\"" + message + "\",\"details\":{\"field\":\"f\"}}",
                    Map.of());
        }

        /** Headers that promise more than the body has, and then nothing. */
        public static Reply stalled(String body) {
            return new Reply(-1, body, Map.of());
        }

        public static Reply cut() {
            return new Reply(0, "", Map.of());
        }
    }

    /** How to answer. */
    @FunctionalInterface
    public interface Answerer {
        Reply to(Asked asked) throws Exception;
    }

    private static final ObjectMapper JSON = new ObjectMapper();

    private final List<Asked> asked = new CopyOnWriteArrayList<>();
    private final Map<String, Answerer> routes = new ConcurrentHashMap<>();
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final HttpServer server;

    public Stub() {
        try {
            InetAddress local = InetAddress.getByAddress(new byte[] {127, 0, 0, 1});
            server = HttpServer.create(new InetSocketAddress(local, 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(threads);
        server.createContext("/", this::handle);
        server.start();
    }

    /** Answers a route, which is a method and a path below /leasehold without its query. */
    public Stub on(String route, Answerer answerer) {
        routes.put(route, answerer);
        return this;
    }

    /** Answers a route with one after the other, and with the last of them ever after. */
    public Stub replies(String route, Reply... replies) {
        Queue<Reply> left = new ArrayDeque<>(List.of(replies));
        return on(route, any -> {
            synchronized (left) {
                return left.size() > 1 ? left.remove() : left.element();
            }
        });
    }

    /** Answers a route with 200. */
    public Stub ok(String route, String body) {
        return replies(route, Reply.ok(body));
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
            exchange.getRequestHeaders().forEach((name, values) -> headers.put(name, String.join("|", values)));
            URI uri = exchange.getRequestURI();
            Asked question = new Asked(
                    exchange.getRequestMethod(),
                    uri.toString().replaceFirst("^/leasehold", ""),
                    headers,
                    new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
            asked.add(question);
            send(exchange, reply(question, uri.getPath().replaceFirst("^/leasehold", "")));
        }
    }

    private Reply reply(Asked question, String path) {
        Answerer none = any -> Reply.refusal(404, "not_found", "no route " + question.method() + " " + path);
        try {
            return routes.getOrDefault(question.method() + " " + path, none).to(question);
        } catch (Exception e) {
            return Reply.refusal(500, "stub_failed", String.valueOf(e.getMessage()));
        }
    }

    private static void send(HttpExchange exchange, Reply reply) throws IOException {
        if (reply.status() == 0) {
            return;
        }
        byte[] body = reply.body().getBytes(StandardCharsets.UTF_8);
        if (reply.status() < 0) {
            stall(exchange, body);
            return;
        }
        reply.headers().forEach(exchange.getResponseHeaders()::set);
        exchange.sendResponseHeaders(reply.status(), body.length == 0 ? -1 : body.length);
        exchange.getResponseBody().write(body);
    }

    /** Until the server is closed. */
    private static void stall(HttpExchange exchange, byte[] body) throws IOException {
        exchange.sendResponseHeaders(200, body.length + 1L);
        exchange.getResponseBody().write(body);
        exchange.getResponseBody().flush();
        LockSupport.park();
    }

    /** What was asked of a route, in order. */
    public List<Asked> asked(String route) {
        return asked.stream()
                .filter(one -> (one.method() + " " + one.path().replaceFirst("\\?.*", "")).equals(route))
                .toList();
    }

    /** Everything that was asked, in order. */
    public List<Asked> asked() {
        return List.copyOf(asked);
    }

    public URI base() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/leasehold");
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}

package dev.leasehold.client;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** Sends requests, again where that is safe and may help, and reads answers and refusals. */
final class Transport {

    private final HttpClient http;
    private final URI base;
    private final Duration timeout;
    private final Retries retries;
    private final String userAgent;

    Transport(HttpClient http, URI base, Duration timeout, Retries retries, String userAgent) {
        this.http = http;
        this.base = base;
        this.timeout = timeout;
        this.retries = retries;
        this.userAgent = userAgent;
    }

    /** The same, but each request is sent once. */
    Transport once() {
        return new Transport(http, base, timeout, Retries.NONE, userAgent);
    }

    /** The same, but answers may take that long. */
    Transport within(Duration other) {
        return new Transport(http, base, other, retries, userAgent);
    }

    /**
     * Reads.
     *
     * @param path from the base on, with its query
     * @param extra what the server may take beyond the usual time
     */
    <T> T get(String path, Duration extra, Class<T> type) {
        return call(request(path, extra).GET(), type);
    }

    /** Orders something under a key of its own, so that every repetition is the same order (http.md 3). */
    <T> T order(String path, @Nullable Object body, Class<T> type) {
        return call(
                posting(path, Duration.ZERO, body)
                        .header("Idempotency-Key", UUID.randomUUID().toString()),
                type);
    }

    /** Speaks as a worker, whose requests repeat themselves safely by fence or claim id. */
    <T> T work(String path, Duration extra, Object body, Class<T> type) {
        return call(posting(path, extra, body), type);
    }

    private HttpRequest.Builder request(String path, Duration extra) {
        return HttpRequest.newBuilder(URI.create(base + path))
                .timeout(timeout.plus(extra))
                .header("Accept", "application/json")
                .header("User-Agent", userAgent);
    }

    private HttpRequest.Builder posting(String path, Duration extra, @Nullable Object body) {
        byte[] json = body == null ? new byte[] {'{', '}'} : Json.write(body);
        return request(path, extra)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofByteArray(json));
    }

    private <T> T call(HttpRequest.Builder builder, Class<T> type) {
        HttpRequest request = builder.build();
        for (int failures = 0; ; failures++) {
            try {
                return attempt(request, type, failures);
            } catch (Again again) {
                pause(again.pause);
            }
        }
    }

    /** An answer, or else how long to wait before the next attempt. */
    private <T> T attempt(HttpRequest request, Class<T> type, int failures) throws Again {
        LeaseholdException failure;
        try {
            HttpResponse<byte[]> response = exchange(request);
            if (response.statusCode() / 100 == 2) {
                return answer(response, type);
            }
            failure = refusal(response);
        } catch (IOException e) {
            failure = new LeaseholdException(
                    0, LeaseholdException.UNREACHABLE, request.uri().getAuthority() + " does not answer: " + e, e);
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
        Duration pause = failures < retries.again() && failure.transientFailure()
                ? retries.pause(failures, failure.retryAfter())
                : null;
        if (pause == null) {
            throw failure;
        }
        throw new Again(pause);
    }

    /** The request's own timeout ends with the headers; a body may be as late as they are. */
    private HttpResponse<byte[]> exchange(HttpRequest request) throws IOException, InterruptedException {
        CompletableFuture<HttpResponse<byte[]>> answer =
                http.sendAsync(request, HttpResponse.BodyHandlers.ofByteArray());
        try {
            return answer.get(request.timeout().orElse(timeout).toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            throw new HttpTimeoutException("no whole answer in time");
        } catch (ExecutionException e) {
            throw e.getCause() instanceof IOException failure ? failure : new IOException(e.getCause());
        } finally {
            answer.cancel(true);
        }
    }

    private static <T> T answer(HttpResponse<byte[]> response, Class<T> type) {
        try {
            return Json.read(response.body(), type);
        } catch (IOException e) {
            throw new LeaseholdException(
                    response.statusCode(),
                    LeaseholdException.UNREADABLE,
                    response.uri() + " answers something else than the API of Leasehold",
                    e);
        }
    }

    private static LeaseholdException refusal(HttpResponse<byte[]> response) {
        JsonNode details = JsonNodeFactory.instance.objectNode();
        int status = response.statusCode();
        try {
            JsonNode body = Json.read(response.body(), JsonNode.class);
            if (body.path("error").isTextual()) {
                return new LeaseholdException(
                        status,
                        body.get("error").asText(),
                        body.path("message").asText(),
                        body.path("details").isObject() ? body.get("details") : details,
                        retryAfter(response));
            }
        } catch (IOException e) {
            details = JsonNodeFactory.instance.objectNode().put("unreadable", String.valueOf(e.getMessage()));
        }
        return new LeaseholdException(
                status,
                LeaseholdException.UNREADABLE,
                response.uri() + " answers " + status,
                details,
                retryAfter(response));
    }

    private static @Nullable Duration retryAfter(HttpResponse<byte[]> response) {
        return response.headers()
                .firstValue("Retry-After")
                .filter(value -> value.matches("\\d{1,9}"))
                .map(value -> Duration.ofSeconds(Long.parseLong(value)))
                .orElse(null);
    }

    private static void pause(Duration pause) {
        try {
            Thread.sleep(pause.toMillis());
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    private static LeaseholdException interrupted(InterruptedException e) {
        Thread.currentThread().interrupt();
        return new LeaseholdException(0, LeaseholdException.INTERRUPTED, "interrupted", e);
    }

    /** Not a failure yet. */
    private static final class Again extends Exception {

        private final transient Duration pause;

        Again(Duration pause) {
            super(null, null, false, false);
            this.pause = pause;
        }
    }
}

package dev.leasehold.bench.leasehold;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** A client of a node. */
final class Api {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration LONGEST = Duration.ofMinutes(20);

    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(10))
            .build();
    private final String root;

    Api(String root) {
        this.root = root;
    }

    /** Whether that answers 200. */
    boolean answers(String path) {
        try {
            return send(HttpRequest.newBuilder(URI.create(root + path)).GET()).statusCode() == 200;
        } catch (UncheckedIOException e) {
            return false;
        }
    }

    /** A document of the API. */
    JsonNode get(String path) {
        return read(send(HttpRequest.newBuilder(URI.create(root + path)).GET()));
    }

    /** Posts a document, which has to be accepted, and answers what comes back. */
    JsonNode post(String path, String body) {
        return read(send(HttpRequest.newBuilder(URI.create(root + path))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body))));
    }

    /** Lets claims begin or go on; see {@link Load#pause}. */
    void resume() {
        post("/leasehold/api/v1/engine/resume", Load.THE_QUEUE);
    }

    /** Lets nobody claim any more. */
    void pause() {
        post("/leasehold/api/v1/engine/pause", Load.THE_QUEUE);
    }

    private static JsonNode read(HttpResponse<byte[]> answer) {
        try {
            if (answer.statusCode() / 100 != 2) {
                throw new IllegalStateException(answer.uri() + " answered " + answer.statusCode() + " "
                        + new String(answer.body(), StandardCharsets.UTF_8));
            }
            return JSON.readTree(answer.body());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private HttpResponse<byte[]> send(HttpRequest.Builder request) {
        try {
            return client.send(request.timeout(LONGEST).build(), HttpResponse.BodyHandlers.ofByteArray());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}

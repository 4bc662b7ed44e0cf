package dev.leasehold.server;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;

/** A client of the API that knows nothing but HTTP and JSON. */
public final class Api {

    private static final ObjectMapper JSON = new ObjectMapper();

    /** One for all: each has threads of its own and takes longer to make than most requests take. */
    private static final HttpClient CLIENT = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(10))
            .build();

    private final URI root;

    /** A client of the application under that address. */
    public Api(URI root) {
        this.root = root;
    }

    /** An answer. */
    public record Answer(int status, JsonNode body, HttpResponse<String> raw) {}

    public Answer get(String path) {
        return send(HttpRequest.newBuilder(at(path)).GET());
    }

    public Answer post(String path, String body) {
        return send(HttpRequest.newBuilder(at(path))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body)));
    }

    /** Sends any request to a path under the root. */
    public Answer send(HttpRequest.Builder request) {
        try {
            HttpResponse<String> raw =
                    CLIENT.send(request.timeout(Duration.ofSeconds(30)).build(), HttpResponse.BodyHandlers.ofString());
            return new Answer(raw.statusCode(), read(raw.body()), raw);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static JsonNode read(String body) {
        try {
            return JSON.readTree(body);
        } catch (IOException e) {
            return JSON.missingNode();
        }
    }

    public URI at(String path) {
        return root.resolve(path);
    }

    /** Submits and answers the task's id. */
    public String submit(String task) {
        Answer answer = post("api/v1/tasks", task);
        if (answer.status() != 201) {
            throw new IllegalStateException(answer.status() + " " + answer.raw().body());
        }
        return answer.body().get("id").asText();
    }

    /** The only run of a task. */
    public JsonNode runOf(String task) {
        JsonNode runs = get("api/v1/runs?task_id=" + task).body().get("runs");
        return get("api/v1/runs/" + runs.get(0).get("run_id").asText()).body();
    }
}

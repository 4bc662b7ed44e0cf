package dev.leasehold.server;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Follows events as a browser does: what it got last says where it goes on after its connection was cut. */
final class Follower implements AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final URI uri;
    private @Nullable String last;
    private @Nullable BufferedReader lines;

    /** An event as it was told. */
    record Told(String id, JsonNode event) {}

    Follower(URI uri) {
        this.uri = uri;
    }

    /** Goes on behind that event. */
    Follower behind(String id) {
        last = id;
        return this;
    }

    /** The next events, as many as that; comes back first if it was cut. */
    List<Told> read(int count) {
        List<Told> told = new ArrayList<>();
        while (told.size() < count) {
            String id = line("id: ");
            told.add(new Told(id, json(line("data: "))));
            last = id;
        }
        return told;
    }

    /** The rest of the next line that begins so. */
    String line(String begin) {
        try {
            BufferedReader from = lines == null ? connect() : lines;
            lines = from;
            for (String line = from.readLine(); line != null; line = from.readLine()) {
                if (line.startsWith(begin)) {
                    return line.substring(begin.length());
                }
            }
            throw new AssertionError("the stream has ended");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private BufferedReader connect() throws IOException {
        HttpResponse<InputStream> response = open();
        if (response.statusCode() != 200) {
            throw new AssertionError(new String(response.body().readAllBytes(), StandardCharsets.UTF_8));
        }
        return new BufferedReader(new InputStreamReader(response.body(), StandardCharsets.UTF_8));
    }

    private HttpResponse<InputStream> open() throws IOException {
        HttpRequest.Builder request = HttpRequest.newBuilder(uri);
        if (last != null) {
            request.header("Last-Event-ID", last);
        }
        try {
            return http.send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static JsonNode json(String text) {
        try {
            return JSON.readTree(text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Loses the connection in the midst of whatever is on its way. */
    void cut() {
        try {
            if (lines != null) {
                lines.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        lines = null;
    }

    @Override
    public void close() {
        cut();
    }
}

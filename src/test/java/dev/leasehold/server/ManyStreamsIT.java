package dev.leasehold.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Two hundred who follow events, and one who does not take them. */
@OneDatabase("it is about threads and connections; what is read is in EventStreamsTest, on both")
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ManyStreamsIT {

    private static final int OFFSET = 4800;
    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final int READERS = 200;
    /** Of servers that answer several requests at once, and look after their connections. */
    private static final int SERVERS_OWN = 40;
    /** So many times 12 MiB are more than a connection and its ends hold: Payara takes four times its send buffer. */
    private static final int LARGE = 3;

    private static final int NOTES = 800;

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final List<InputStream> open = new ArrayList<>();
    private ServerProcess server;
    private Api api;

    @BeforeEach
    void start() throws Exception {
        List<String> settings = new ArrayList<>(ServerDatabase.settings("streams"));
        settings.add("-Dleasehold.max-waiting-polls=" + READERS);
        settings.add("-Dleasehold.slow-reader-secs=2");
        server = ServerProcess.start(OFFSET, settings.toArray(String[]::new));
        server.awaitReady();
        api = server.api();
    }

    @AfterEach
    void close() {
        server.close();
    }

    @Test
    void twoHundredIdleReadersCostNoThreadEachAndOneWhoTakesNothingLosesItsPlace() throws Exception {
        String calm = run();
        String quiet = path(calm);
        InputStream first = follow(quiet);
        long before = threads();
        for (int i = 2; i < READERS; i++) {
            follow(quiet);
        }
        assertThat(threads()).isLessThan(before + SERVERS_OWN);

        String busy = run();
        notes(busy);
        try (Socket slow = slow(path(busy))) {
            await().atMost(LIMIT).until(() -> status(quiet) == 429);
            await().atMost(LIMIT).until(() -> status(quiet) == 200);
            String got = new String(slow.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(got).startsWith("HTTP/1.1 200").doesNotContain("id: " + (LARGE * NOTES + 1) + "\n");
        }
        assertThat(api.post(
                                "api/v1/runs/" + calm + "/events",
                                "{\"events\":[{\"event_id\":\"n\",\"event_type\":\"note.appended\"}]}")
                        .status())
                .isEqualTo(200);
        BufferedReader lines = new BufferedReader(new InputStreamReader(first, StandardCharsets.UTF_8));
        assertThat(lines.lines().filter("id: 2"::equals).findFirst()).isPresent();
    }

    private String run() {
        return api.runOf(api.submit("{\"type\":\"stream.nobody\"}"))
                .get("run_id")
                .asText();
    }

    private static String path(String run) {
        return "api/v1/runs/" + run + "/events/stream";
    }

    private InputStream follow(String path) throws Exception {
        HttpResponse<InputStream> response =
                http.send(HttpRequest.newBuilder(api.at(path)).build(), HttpResponse.BodyHandlers.ofInputStream());
        assertThat(response.statusCode()).isEqualTo(200);
        open.add(response.body());
        return response.body();
    }

    private int status(String path) throws Exception {
        HttpResponse<InputStream> response =
                http.send(HttpRequest.newBuilder(api.at(path)).build(), HttpResponse.BodyHandlers.ofInputStream());
        response.body().close();
        return response.statusCode();
    }

    private Socket slow(String path) throws IOException {
        URI uri = api.at(path);
        Socket socket = new Socket();
        socket.setReceiveBufferSize(4096);
        socket.connect(new InetSocketAddress(uri.getHost(), uri.getPort()));
        socket.getOutputStream()
                .write(("GET " + uri.getPath() + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
                        .getBytes(StandardCharsets.US_ASCII));
        return socket;
    }

    private void notes(String run) {
        String data = "{\"text\":\"" + "x".repeat(16_000) + "\"}";
        for (int i = 0; i < LARGE; i++) {
            String notes = IntStream.range(i * NOTES, (i + 1) * NOTES)
                    .mapToObj(
                            n -> "{\"event_id\":\"n" + n + "\",\"event_type\":\"note.appended\",\"data\":" + data + "}")
                    .collect(Collectors.joining(",", "{\"events\":[", "]}"));
            assertThat(api.post("api/v1/runs/" + run + "/events", notes).status())
                    .isEqualTo(200);
        }
    }

    private long threads() throws IOException {
        return server.jcmd("Thread.print")
                .lines()
                .filter(line -> line.startsWith("\""))
                .count();
    }
}

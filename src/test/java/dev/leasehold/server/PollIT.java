package dev.leasehold.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Two hundred workers wait over HTTP, on a server with as many threads as it has by itself. */
@OneDatabase("it is about threads that wait; what a claim grants is in ClaimRunsTest, on both")
class PollIT {

    private static final int OFFSET = 4700;
    private static final Duration LIMIT = Duration.ofSeconds(30);
    /** A wake that is not held back by the pause takes a small part of it. */
    private static final Duration QUIET = Duration.ofSeconds(1);

    private static final int WAITERS = 200;
    private static final int SUBMISSIONS = 300;
    /** Longer than the test lasts: an answer is never one that came because the time was over. */
    private static final int WAIT_SECS = 60;

    /** A probe took the last place for a moment. */
    private static final int TOO_MANY = 429;

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private ServerProcess server;
    private Api api;
    private List<CompletableFuture<HttpResponse<String>>> polls = List.of();

    @BeforeEach
    void start() throws Exception {
        List<String> settings = new ArrayList<>(ServerDatabase.settings("polls"));
        settings.add("-Dleasehold.max-waiting-polls=" + WAITERS);
        settings.add("-Dleasehold.poll-secs=60"); // who is served within the limits was woken by a commit
        server = ServerProcess.start(OFFSET, settings.toArray(String[]::new));
        server.awaitBoot();
        api = server.api();
        await().atMost(LIMIT).until(() -> api.get("ready").status() == 200);
    }

    @AfterEach
    void close() {
        server.close();
    }

    @Test
    void eachSubmissionWakesOneOfTwoHundredWhileOthersAreServed() {
        String alone = measured();
        polls = IntStream.range(0, WAITERS).mapToObj(this::poll).toList();
        await().atMost(LIMIT).until(this::full);
        System.out.printf("POST /tasks: alone %s; beside %d waiting polls %s%n", alone, WAITERS, measured());
        assertThat(answered()).isEmpty();
        String first = submit("poll.work");
        expectAnswered(first);
        String second = submit("poll.work");
        expectAnswered(first, second);
        assertThat(full()).as("198 wait").isFalse();
        api.post("api/v1/engine/pause", "");
        String third = submit("poll.work");
        assertThat(claim("0").body().get("leases")).isEmpty();
        await().during(QUIET).atMost(LIMIT).until(() -> answered().size() == 2);
        api.post("api/v1/engine/resume", "");
        expectAnswered(first, second, third);
        expectNobodyToWaitAfterTheEnd();
    }

    private CompletableFuture<HttpResponse<String>> poll(int worker) {
        HttpRequest request = HttpRequest.newBuilder(api.at("api/v1/leases"))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString("{\"owner\":\"worker-" + worker
                        + "\",\"max\":1,\"types\":[\"poll.work\"],\"wait_secs\":" + WAIT_SECS + "}"))
                .build();
        return http.sendAsync(request, HttpResponse.BodyHandlers.ofString())
                .thenCompose(response ->
                        response.statusCode() == TOO_MANY ? poll(worker) : CompletableFuture.completedFuture(response));
    }

    /** Whether nobody more may wait; asks for what never comes, and hardly waits. */
    private boolean full() {
        return claim("0.001").status() == TOO_MANY;
    }

    private Api.Answer claim(String waitSecs) {
        return api.post(
                "api/v1/leases", "{\"owner\":\"probe\",\"types\":[\"poll.work\"],\"wait_secs\":" + waitSecs + "}");
    }

    private String submit(String type) {
        return api.submit("{\"type\":\"" + type + "\"}");
    }

    private String measured() {
        long[] micros = LongStream.range(0, SUBMISSIONS)
                .map(i -> {
                    long begin = System.nanoTime();
                    submit("poll.other");
                    return (System.nanoTime() - begin) / 1000;
                })
                .sorted()
                .toArray();
        return String.format(
                "p50 %.1f ms, p99 %.1f ms", micros[SUBMISSIONS / 2] / 1000.0, micros[SUBMISSIONS * 99 / 100] / 1000.0);
    }

    private List<JsonNode> answered() {
        return polls.stream()
                .filter(CompletableFuture::isDone)
                .map(poll -> body(poll.join()))
                .toList();
    }

    private static JsonNode body(HttpResponse<String> response) {
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        try {
            return new ObjectMapper().readTree(response.body());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void expectAnswered(String... tasks) {
        await().atMost(LIMIT)
                .untilAsserted(() -> assertThat(answered())
                        .extracting(answer -> answer.at("/leases/0/task_id").asText())
                        .containsExactlyInAnyOrder(tasks));
    }

    /** A server may cut connections before the application hears of its end: who still gets an answer gets no run. */
    private void expectNobodyToWaitAfterTheEnd() {
        List<CompletableFuture<HttpResponse<String>>> waiting =
                polls.stream().filter(poll -> !poll.isDone()).toList();
        server.end();
        await().atMost(LIMIT).until(() -> waiting.stream().allMatch(CompletableFuture::isDone));
        assertThat(waiting).hasSize(WAITERS - 3);
        assertThat(waiting)
                .filteredOn(poll -> !poll.isCompletedExceptionally())
                .allSatisfy(poll -> assertThat(body(poll.join())).hasToString("{\"leases\":[]}"));
    }
}

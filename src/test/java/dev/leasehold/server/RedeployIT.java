package dev.leasehold.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.leasehold.server.Callee.Call;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The application is taken down, and deployed again, in the midst of its work. */
class RedeployIT {

    private static final int OFFSET = 4500;
    private static final int FIRST = 100;
    private static final int RUNS = 2_000;
    private static final int THREADS = 8;
    private static final Duration LIMIT = Duration.ofSeconds(30);

    @Test
    void whatIsBegunIsDrainedAndWhatIsQueuedComesAfterItAndNothingIsLeftBehind() throws Exception {
        try (Callee callee = new Callee();
                ServerProcess server = start(callee)) {
            server.awaitReady();
            submit(server, callee, FIRST);
            awaitCompleted(server, FIRST);
            Map<String, Long> before = threads(server);

            callee.hold();
            submit(server, callee, RUNS / 2);
            submit(server, callee, RUNS / 2);
            await().atMost(LIMIT).until(() -> callee.held().size() == THREADS);
            CompletableFuture<Void> gone = CompletableFuture.runAsync(() -> undeploy(server));
            await().atMost(LIMIT).until(() -> !server.logged("it takes nothing more").isEmpty());
            assertThat(gone).isNotDone();
            callee.letGo();
            assertThat(gone).succeedsWithin(LIMIT);
            assertThat(callee.calls()).hasSize(FIRST + THREADS);

            server.deploy();
            server.awaitReady();
            awaitCompleted(server, FIRST + RUNS);
            assertThat(stats(server).get("attempts_total").asInt()).isEqualTo(FIRST + RUNS);
            assertThat(callee.calls()).hasSize(FIRST + RUNS).extracting(Call::attempt).containsOnly(1);
            await().atMost(LIMIT).untilAsserted(() -> assertThat(threads(server)).isEqualTo(before));
        }
    }

    private static ServerProcess start(Callee callee) throws IOException, SQLException {
        List<String> settings = new ArrayList<>(ServerDatabase.settings("redeployed"));
        settings.addAll(List.of(callee.setting(), "-Dleasehold.worker-threads=" + THREADS));
        return ServerProcess.start(OFFSET, settings.toArray(String[]::new));
    }

    private static void undeploy(ServerProcess server) {
        try {
            server.undeploy();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void submit(ServerProcess server, Callee callee, int runs) {
        String tasks = IntStream.range(0, runs)
                .mapToObj(i -> callee.task(UUID.randomUUID().toString(), "GET"))
                .collect(Collectors.joining(",", "{\"tasks\": [", "]}"));
        assertThat(server.api().post("api/v1/tasks/batch", tasks).status()).isEqualTo(200);
    }

    private static JsonNode stats(ServerProcess server) {
        return server.api().get("api/v1/stats").body();
    }

    private static void awaitCompleted(ServerProcess server, int runs) {
        await().atMost(LIMIT)
                .until(() -> stats(server).at("/runs_by_state/completed").asInt() == runs);
    }

    /** Those of handlers, of timers and of the queue's own; the server's come and go. */
    private static Map<String, Long> threads(ServerProcess server) throws IOException {
        return server.threads();
    }
}

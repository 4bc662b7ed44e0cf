package dev.leasehold.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.leasehold.server.Callee.Call;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The node asks for far more threads than the executor that it is given has. */
@OneDatabase("which threads a server has does not depend on its database")
class FourThreadsIT {

    private static final int OFFSET = 4800;
    private static final int ELSEWHERE = 4900;
    private static final int ASKED_FOR = 64;
    private static final int THREADS = 4;
    private static final int HELD = 500;
    private static final int LONG_ENOUGH = 300;
    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final int LONG = Integer.getInteger("leasehold.test.threads.secs");
    /** Less than an attempt would take that waits for another's end. */
    private static final int TIMEOUT = LONG + Math.max(1, LONG - 1);

    @Test
    void noRunWaitsForAThreadInsideItsAttempt() throws Exception {
        int runs = Integer.getInteger("leasehold.test.threads.runs");
        try (Callee callee = new Callee();
                ServerProcess server = ServerProcess.start(OFFSET, settings(callee, "four_threads"))) {
            server.awaitReady();
            callee.pace(Duration.ofSeconds(LONG));
            submit(server, callee.tasks(runs, TIMEOUT));
            await().atMost(LIMIT.plusSeconds((long) LONG * runs / THREADS)).until(() -> ended(server) == runs);
            assertThat(stats(server).at("/runs_by_state/completed").asInt()).isEqualTo(runs);
            assertThat(callee.calls()).hasSize(runs);
            assertThat(callee.busiest()).isEqualTo(THREADS);
        }
    }

    @Test
    void onlyWhatWasBegunIsLostWithItsServer() throws Exception {
        try (Callee callee = new Callee();
                ServerProcess server = ServerProcess.start(OFFSET, settings(callee, "held"))) {
            server.awaitReady();
            callee.hold();
            submit(server, callee.tasks(HELD, LONG_ENOUGH));
            await().atMost(LIMIT).until(() -> callee.held().size() == THREADS);
            try (ServerProcess other = elsewhere(server, callee)) {
                callee.leave();
                other.awaitReady();
                await().atMost(LIMIT).until(() -> ended(other) == HELD);
                assertThat(stats(other).at("/runs_by_state/failed").asInt()).isEqualTo(THREADS);
                assertThat(stats(other).at("/runs_by_state/completed").asInt()).isEqualTo(HELD - THREADS);
                assertThat(callee.calls())
                        .hasSize(HELD)
                        .extracting(Call::attempt)
                        .containsOnly(1);
            }
        }
    }

    private static String[] settings(Callee callee, String database) throws IOException, SQLException {
        List<String> settings = new ArrayList<>(ServerDatabase.settings(database));
        settings.addAll(of(callee));
        return settings.toArray(String[]::new);
    }

    private static List<String> of(Callee callee) {
        return List.of(
                callee.setting(),
                "-Dleasehold.executor=" + Server.current().fourThreads(),
                "-Dleasehold.worker-threads=" + ASKED_FOR,
                "-Dleasehold.lease-secs=3",
                "-Dleasehold.heartbeat-secs=1");
    }

    /** Kills it; another goes on with its database, or where that is the server's own, it comes back. */
    private static ServerProcess elsewhere(ServerProcess killed, Callee callee) throws IOException, SQLException {
        if (!ServerDatabase.isPostgresql()) {
            return killed.again();
        }
        killed.kill();
        List<String> settings = new ArrayList<>(ServerDatabase.existing("held"));
        settings.addAll(of(callee));
        settings.add("-Dleasehold.node=elsewhere");
        return ServerProcess.start(ELSEWHERE, settings.toArray(String[]::new));
    }

    private static void submit(ServerProcess server, String tasks) {
        assertThat(server.api().post("api/v1/tasks/batch", tasks).status()).isEqualTo(200);
    }

    private static JsonNode stats(ServerProcess server) {
        return server.api().get("api/v1/stats").body();
    }

    private static int ended(ServerProcess server) {
        JsonNode states = stats(server).get("runs_by_state");
        return states.get("completed").asInt() + states.get("failed").asInt();
    }
}

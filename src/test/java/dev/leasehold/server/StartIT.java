package dev.leasehold.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/** Starts that meet a database which is not there, or not theirs. */
class StartIT {

    private static final Duration LIMIT = Duration.ofSeconds(30);

    @Test
    @EnabledIfSystemProperty(named = "leasehold.test.database", matches = "h2")
    void aSecondProcessOnAnH2FileIsRefusedInOneLine(@TempDir Path folder) {
        try (ServerProcess first = ServerProcess.start(1200, "-Dleasehold.data-folder=" + folder)) {
            awaitStatus(first, 200, "ready");
            try (ServerProcess second = ServerProcess.start(1300, "-Dleasehold.data-folder=" + folder)) {
                awaitStatus(second, 503, "config_invalid");
                assertThat(second.logged("Leasehold does not start"))
                        .singleElement()
                        .asString()
                        .contains("the database file is open in another process");
                assertThat(second.api().get("api/v1/stats").status()).isEqualTo(503);
            }
            assertThat(first.api().submit("{\"type\":\"echo\"}")).isNotBlank();
        }
    }

    @Test
    @EnabledIfSystemProperty(named = "leasehold.test.database", matches = "h2")
    void aBadSettingStopsTheStartInOneLine() {
        try (ServerProcess server = ServerProcess.start(1200, "-Dleasehold.worker-threads=many")) {
            awaitStatus(server, 503, "config_invalid");
            assertThat(server.logged("Leasehold does not start"))
                    .singleElement()
                    .asString()
                    .contains("leasehold.worker-threads is 'many', but must be a whole number from 0 to 1000");
        }
    }

    @Test
    @EnabledIfSystemProperty(named = "leasehold.test.database", matches = "postgresql")
    void aNodeWaitsForItsDatabaseAndThenTakesPart() throws IOException {
        int port = freePort();
        try (ServerProcess server = ServerProcess.start(1200, url(port), "-Dleasehold.database-user=postgres")) {
            awaitStatus(server, 503, "bootstrap_incomplete");
            try (EmbeddedPostgres database =
                    EmbeddedPostgres.builder().setPort(port).start()) {
                assertThat(database.getPort()).isEqualTo(port);
                awaitStatus(server, 200, "ready");
                String task = server.api().submit("{\"type\":\"echo\"}");
                await().atMost(LIMIT)
                        .untilAsserted(() -> assertThat(
                                        server.api().runOf(task).get("state").asText())
                                .isEqualTo("Completed"));
            }
            assertThat(server.logged("Leasehold waits up to")).hasSize(1);
        }
    }

    @Test
    @EnabledIfSystemProperty(named = "leasehold.test.database", matches = "postgresql")
    void aNodeWhoseDatabaseDoesNotComeGivesUpInOneLine() throws IOException {
        try (ServerProcess server = ServerProcess.start(
                1300, url(freePort()), "-Dleasehold.database-user=postgres", "-Dleasehold.start-wait-secs=2")) {
            awaitStatus(server, 503, "config_invalid");
            assertThat(server.logged("Leasehold does not start"))
                    .singleElement()
                    .asString()
                    .contains("the database does not answer");
        }
    }

    private static void awaitStatus(ServerProcess server, int status, String word) {
        server.awaitBoot();
        await().atMost(LIMIT).ignoreExceptions().untilAsserted(() -> {
            Api.Answer answer = server.api().get("ready");
            assertThat(answer.body().get("status").asText()).isEqualTo(word);
            assertThat(answer.status()).isEqualTo(status);
        });
    }

    private static String url(int port) {
        return "-Dleasehold.database-url=jdbc:postgresql://localhost:" + port + "/postgres";
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }
}

package dev.leasehold.scenario;

import static org.awaitility.Awaitility.await;

import dev.leasehold.server.Api;
import dev.leasehold.server.ServerDatabase;
import dev.leasehold.server.ServerProcess;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** The server under the conformance kit, one for all scenarios of this run. */
final class KitServer implements AutoCloseable {

    private static final int OFFSET = 2100;
    private static final Duration START = Duration.ofSeconds(60);

    private ServerProcess process;

    KitServer() {
        try {
            List<String> settings = new ArrayList<>(ServerDatabase.settings("conformance"));
            settings.add("-Dleasehold.duties=manual");
            process = ServerProcess.start(
                    Path.of(System.getProperty("leasehold.test.conformance-ear")),
                    OFFSET,
                    settings.toArray(String[]::new));
        } catch (IOException | SQLException e) {
            throw new IllegalStateException(e);
        }
        awaitReady();
    }

    /** Kills it without warning and starts it on the same database. */
    void restart() {
        process = process.again();
        awaitReady();
    }

    private void awaitReady() {
        await().atMost(START).ignoreExceptions().until(() -> api().get("ready").status() == 200);
    }

    Api api() {
        return process.api("leasehold");
    }

    Api kit() {
        return process.api("conformance");
    }

    @Override
    public void close() {
        process.close();
    }
}

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

/** A server with the conformance kit. */
final class KitServer implements AutoCloseable {

    private static final Duration START = Duration.ofSeconds(60);

    private ServerProcess process;

    private KitServer(String database, int offset, String... settings) {
        try {
            List<String> all = new ArrayList<>(ServerDatabase.settings(database));
            all.addAll(List.of(settings));
            process = ServerProcess.start(
                    Path.of(System.getProperty("leasehold.test.conformance-ear")), offset, all.toArray(String[]::new));
        } catch (IOException | SQLException e) {
            throw new IllegalStateException(e);
        }
        awaitReady();
    }

    /** One whose clock stands, and on which nothing moves by itself. */
    static KitServer byHand() {
        return new KitServer("conformance", 2100, "-Dleasehold.duties=manual");
    }

    /** One that lives by its own clock and timers, with leases that soon end. */
    static KitServer byTimers() {
        return new KitServer(
                "by_timers",
                2200,
                "-Dleasehold.duties=timers",
                "-Dleasehold.lease-secs=3",
                "-Dleasehold.heartbeat-secs=1");
    }

    /** Kills it without warning and starts it on the same database. */
    void restart() {
        process = process.again();
        awaitReady();
    }

    private void awaitReady() {
        process.awaitBoot();
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

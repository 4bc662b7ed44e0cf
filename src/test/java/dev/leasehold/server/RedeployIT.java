package dev.leasehold.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.leasehold.server.Callee.Call;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The application is taken down, and deployed again, in the midst of its work. */
@OneDatabase("it is about the server's ends; what a database does with a lost node is in CrashIT, on both")
class RedeployIT {

    private static final String DATABASE = "redeployed";
    private static final int OFFSET = 4500;
    private static final int FIRST = 100;
    private static final int RUNS = 2_000;
    /** No more than any server lends on a machine of one core. */
    private static final int THREADS = 2;

    /** Threads that only the queue makes, and objects that only something of the old application can hold. */
    private static final Pattern THREADS_LEFT =
            Pattern.compile("^\"[^\"]*(HttpClient|leasehold-http|ManagedThreadFactory)");

    private static final Pattern OBJECTS_LEFT = Pattern.compile(
            "^ *[0-9]+: .* (dev.leasehold.node.Node|dev.leasehold.worker.Dispatcher|dev.leasehold.worker.InHand)$");
    private static final Duration LIMIT = Duration.ofSeconds(30);

    @Test
    void whatIsBegunIsDrainedAndWhatIsQueuedComesAfterItAndNothingIsLeftBehind() throws Exception {
        try (Callee callee = new Callee();
                ServerProcess server = start(callee)) {
            server.awaitReady();
            submit(server, callee, FIRST);
            awaitCompleted(server, FIRST);
            assertThat(lines(server, "Thread.print", THREADS_LEFT)).isNotEmpty();
            assertThat(lines(server, "GC.class_histogram", OBJECTS_LEFT)).hasSize(3);
            undeployInTheMidst(server, callee);
            awaitGone(server);

            server.deploy();
            server.awaitReady();
            awaitCompleted(server, FIRST + RUNS);
            assertThat(stats(server).get("attempts_total").asInt()).isEqualTo(FIRST + RUNS);
            assertThat(callee.calls())
                    .hasSize(FIRST + RUNS)
                    .extracting(Call::attempt)
                    .containsOnly(1);
            server.undeploy();
            awaitGone(server);
        }
    }

    private static void undeployInTheMidst(ServerProcess server, Callee callee) throws IOException {
        callee.hold();
        submit(server, callee, RUNS / 2);
        submit(server, callee, RUNS / 2);
        await().atMost(LIMIT).until(() -> callee.held().size() == THREADS);
        CompletableFuture<Void> gone = CompletableFuture.runAsync(() -> undeploy(server));
        await().atMost(LIMIT)
                .until(() -> !server.logged("it takes nothing more").isEmpty());
        assertThat(gone).isNotDone();
        callee.letGo();
        assertThat(gone).succeedsWithin(LIMIT);
        assertThat(callee.calls()).hasSize(FIRST + THREADS);
    }

    private static ServerProcess start(Callee callee) throws IOException, SQLException {
        List<String> settings = new ArrayList<>(ServerDatabase.settings(DATABASE));
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

    /** Sessions of the queue's database on PostgreSQL; that an H2 file is free again shows when the node is ready again. */
    private static long connections() throws SQLException {
        if (!ServerDatabase.isPostgresql()) {
            return 0;
        }
        try (Connection connection = ServerDatabase.readOnly(DATABASE).getConnection();
                Statement statement = connection.createStatement();
                ResultSet found = statement.executeQuery("select count(*) from pg_stat_activity" + " where datname = '"
                        + DATABASE + "' and pid <> pg_backend_pid()")) {
            found.next();
            return found.getLong(1);
        }
    }

    /** Waits until nothing of the queue is left in the server. */
    private static void awaitGone(ServerProcess server) {
        await().atMost(LIMIT).untilAsserted(() -> {
            assertThat(connections()).isZero();
            server.jcmd("GC.run");
            assertThat(lines(server, "Thread.print", THREADS_LEFT)).isEmpty();
            assertThat(lines(server, "GC.class_histogram", OBJECTS_LEFT)).isEmpty();
        });
    }

    private static List<String> lines(ServerProcess server, String what, Pattern wanted) throws IOException {
        String all = server.jcmd(what);
        assertThat(all).contains("java.lang.");
        return all.lines().filter(wanted.asPredicate()).toList();
    }
}

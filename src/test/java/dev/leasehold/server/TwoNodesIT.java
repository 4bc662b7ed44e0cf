package dev.leasehold.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.leasehold.scenario.ScenarioTable;
import dev.leasehold.server.Callee.Call;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Two nodes on one database, one of them killed three times under load: no run is lost, none is done twice. They hardly
 * poll, so that what is done was announced, by the node itself or by the other.
 */
@EnabledIfSystemProperty(named = "leasehold.test.database", matches = "postgresql")
@ExtendWith(ScenarioTable.class)
class TwoNodesIT {

    private static final String DATABASE = "two_nodes";
    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final int RUNS = 2_000;
    private static final int KILLS = 3;
    /** What is submitted before a kill, and again after it. */
    private static final int PORTION = 300;

    private static final int BEFORE_A_KILL = 100;

    /** A queue that a has no threads for. */
    private static final String ELSEWHERE = "elsewhere";

    private static final int WAKES = 20;
    private static final String WAITS = """
            select extract(epoch from a.started_at - r.created_at) * 1000 waited from leasehold.attempt a
            join leasehold.run r on r.tenant_id = a.tenant_id and r.run_id = a.run_id
            join leasehold.task t on t.tenant_id = r.tenant_id and t.task_id = r.task_id
            where t.queue = 'elsewhere' order by waited
            """;

    private record Ended(UUID run, int number, UUID id, String result, String error) {}

    private final Set<UUID> struck = new HashSet<>();
    private ServerProcess a;
    private ServerProcess b;

    @AfterEach
    void close() {
        Stream.of(a, b).filter(Objects::nonNull).forEach(ServerProcess::close);
    }

    @Test
    void s101_twoServerNodesOnOneStoreOneOfThemKilledThreeTimes() throws Exception {
        List<String> shared = ServerDatabase.settings(DATABASE);
        try (Callee callee = new Callee()) {
            a = start(shared, callee, "a", 4300, "-Dleasehold.queues=" + ELSEWHERE + ":0");
            b = start(shared, callee, "b", 4500);
            a.awaitReady();
            b.awaitReady();
            List<UUID> tasks = submitWhileKilling(callee);
            Records records = new Records(DATABASE);
            await().atMost(LIMIT).until(() -> unfinished(records).isEmpty());
            expectNodes(b.api());
            expectRuns(records, tasks);
            expectAttempts(attempts(records), callee.calls());
            expectWakes(records);
            assertThat(records.faults()).isEmpty();
        }
    }

    /** One after the other is submitted to a, which does none of these; by polling each would take b up to a minute. */
    private void expectWakes(Records records) {
        await().atMost(LIMIT).until(() -> listening(a) && listening(b));
        for (int i = 0; i < WAKES; i++) {
            String task = a.api().submit("{\"type\":\"echo\",\"queue\":\"" + ELSEWHERE + "\"}");
            await().atMost(LIMIT)
                    .pollInterval(Duration.ofMillis(20))
                    .until(() -> a.api().runOf(task).get("state").asText().equals("Completed"));
        }
        List<Double> waits = records.read(WAITS, row -> row.getDouble(1));
        System.out.printf(
                "two nodes: %d runs submitted to one and begun on the other after %.1f ms at the median, %.1f at most%n",
                waits.size(), waits.get(waits.size() / 2), waits.get(waits.size() - 1));
        assertThat(waits).hasSize(WAKES);
    }

    private static boolean listening(ServerProcess node) {
        return node.api().get("metrics").raw().body().contains("leasehold_wake_listening 1.0");
    }

    private static ServerProcess start(List<String> shared, Callee callee, String name, int offset, String... more) {
        List<String> settings = new ArrayList<>(shared);
        settings.addAll(List.of(
                callee.setting(),
                "-Dleasehold.node=" + name,
                "-Dleasehold.lease-secs=3",
                "-Dleasehold.heartbeat-secs=1",
                "-Dleasehold.poll-secs=60"));
        settings.addAll(List.of(more));
        return ServerProcess.start(offset, settings.toArray(String[]::new));
    }

    private List<UUID> submitWhileKilling(Callee callee) {
        try (Clients clients = new Clients(List.of(a.api(), b.api()), id -> callee.task(id, "POST"), RUNS / 8)) {
            for (int kill = 1; kill <= KILLS; kill++) {
                struck.addAll(runsInTheHandsOfA(callee, clients));
                a = a.again();
                clients.allow(PORTION);
                callee.letGo();
                a.awaitReady();
            }
            clients.allow(RUNS - 2 * PORTION * KILLS);
            await().atMost(LIMIT).until(() -> clients.accepted() == RUNS);
            assertThat(clients.repeated())
                    .as("submissions that met the killed node")
                    .isPositive();
            return clients.tasks();
        }
    }

    /** Has both nodes under load, and then handlers of a in the middle of their work. */
    private Set<UUID> runsInTheHandsOfA(Callee callee, Clients clients) {
        int before = clients.accepted();
        clients.allow(PORTION);
        await().atMost(LIMIT).until(() -> clients.accepted() >= before + BEFORE_A_KILL);
        callee.hold();
        return await().atMost(LIMIT).until(() -> held(callee, b.api(), "a/"), found -> !found.isEmpty());
    }

    private static Set<UUID> held(Callee callee, Api api, String owner) {
        return callee.held().stream()
                .map(Call::run)
                .filter(run -> api.get("api/v1/runs/" + run)
                        .body()
                        .at("/lease/owner")
                        .asText()
                        .startsWith(owner))
                .collect(Collectors.toSet());
    }

    private static List<String> unfinished(Records records) {
        return records.read(
                "select run_id from leasehold.run where state <> 'Completed'", row -> row.getString("run_id"));
    }

    private static void expectRuns(Records records, List<UUID> tasks) {
        assertThat(tasks).hasSize(RUNS);
        assertThat(records.read("select task_id from leasehold.run", row -> row.getObject(1, UUID.class)))
                .containsExactlyInAnyOrderElementsOf(tasks);
    }

    private static List<Ended> attempts(Records records) {
        return records.read(
                "select run_id, number, attempt_id, result, error from leasehold.attempt",
                row -> new Ended(
                        row.getObject("run_id", UUID.class),
                        row.getInt("number"),
                        row.getObject("attempt_id", UUID.class),
                        row.getString("result"),
                        row.getString("error")));
    }

    /** One success for each run, failures by expiry only, and never a call that is not an attempt's only one. */
    private void expectAttempts(List<Ended> attempts, List<Call> calls) {
        List<Ended> failures = attempts.stream()
                .filter(attempt -> !"Success".equals(attempt.result()))
                .toList();
        Map<UUID, Long> successes = attempts.stream()
                .filter(attempt -> "Success".equals(attempt.result()))
                .collect(Collectors.groupingBy(Ended::run, Collectors.counting()));
        System.out.printf(
                "two nodes: %d runs, %d attempts, %d ended by expiry, %d calls%n",
                successes.size(), attempts.size(), failures.size(), calls.size());
        assertThat(successes)
                .hasSize(RUNS)
                .allSatisfy((run, count) -> assertThat(count).isEqualTo(1));
        assertThat(failures).extracting(Ended::result).containsOnly("Failure");
        assertThat(failures)
                .extracting(Ended::error)
                .allMatch(error -> error.matches("lease expired: .* stopped answering"));
        assertThat(failures).extracting(Ended::run).containsAll(struck);
        assertThat(calls).extracting(Call::attemptId).doesNotHaveDuplicates();
        Map<UUID, Integer> numbers = attempts.stream().collect(Collectors.toMap(Ended::id, Ended::number));
        assertThat(calls).allSatisfy(call -> assertThat(numbers).containsEntry(call.attemptId(), call.attempt()));
    }

    private static void expectNodes(Api api) {
        await().atMost(LIMIT).untilAsserted(() -> {
            JsonNode nodes = api.get("api/v1/nodes").body().get("nodes");
            assertThat(StreamSupport.stream(nodes.spliterator(), false)
                            .map(node -> node.get("name").asText() + " "
                                    + node.get("status").asText()))
                    .containsExactlyInAnyOrder("a lost", "a lost", "a lost", "a alive", "b alive");
        });
    }
}

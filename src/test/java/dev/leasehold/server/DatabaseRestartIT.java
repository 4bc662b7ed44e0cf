package dev.leasehold.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.awaitility.core.ConditionTimeoutException;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.container.test.api.RunAsClient;
import org.jboss.arquillian.junit5.container.annotation.ArquillianTest;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.spec.EnterpriseArchive;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/**
 * The database goes away under load and comes back, three times. Each of those who submit waits for its run before it
 * submits again: a load that outran the workers would show how long their queue is, not whether they went on.
 */
@ArquillianTest
@RunAsClient
@EnabledIfSystemProperty(named = "leasehold.test.database", matches = "postgresql")
class DatabaseRestartIT {

    private static final Duration GOES_ON_WITHIN = Duration.ofSeconds(5);

    private static final String OF_THE_LOAD = """
            select r.run_id, r.task_id, r.state from leasehold.run r
            join leasehold.task t on t.tenant_id = r.tenant_id and t.task_id = r.task_id
            where t.queue = 'restarts'
            """;

    @ArquillianResource
    URI root;

    private final Queue<String> accepted = new ConcurrentLinkedQueue<>();
    private final Queue<String> unexpected = new ConcurrentLinkedQueue<>();

    @Deployment(testable = false)
    static EnterpriseArchive ear() {
        return Archives.ear();
    }

    @Test
    void promotionAndClaimingGoOnAfterEachOfThreeRestarts() throws Exception {
        Api api = new Api(root);
        AtomicBoolean stop = new AtomicBoolean();
        ExecutorService load = Executors.newFixedThreadPool(4);
        IntStream.range(0, 4).forEach(i -> load.execute(() -> submitUntil(stop)));
        try {
            for (int restart = 0; restart < 3; restart++) {
                settle(api, Duration.ofSeconds(30));
                restart();
                int before = accepted.size();
                settle(api, GOES_ON_WITHIN);
                await().atMost(GOES_ON_WITHIN).until(() -> accepted.size() > before);
            }
        } finally {
            stop.set(true);
            load.shutdown();
        }
        assertThat(load.awaitTermination(30, TimeUnit.SECONDS)).isTrue();
        assertThat(unexpected).as("answers that the load got").isEmpty();
        expectAllCompleted();
    }

    /** Whatever a restart cut in two: what was accepted is there, and nothing stays in the hands of nobody. */
    private void expectAllCompleted() {
        Records records = new Records("postgres");
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(records.read(
                                OF_THE_LOAD + " and r.state <> 'Completed'",
                                row -> row.getString("state") + " " + row.getString("run_id")))
                        .isEmpty());
        assertThat(records.read(OF_THE_LOAD, row -> row.getString("task_id"))).containsAll(accepted);
        System.out.printf("three restarts: %d tasks accepted, all completed%n", accepted.size());
    }

    private static void restart() throws IOException {
        ServerDatabase.stop();
        ServerDatabase.start();
    }

    /** A run that is ready at once, and one that a timer must promote, are both done within the limit. */
    private static void settle(Api api, Duration limit) {
        List<String> tasks = await().atMost(limit)
                .ignoreExceptions()
                .until(() -> List.of(api.submit("{\"type\":\"echo\"}"), api.submit(later())), found -> true);
        for (String task : tasks) {
            await().atMost(limit)
                    .ignoreExceptions()
                    .untilAsserted(() ->
                            assertThat(api.runOf(task).get("state").asText()).isEqualTo("Completed"));
        }
    }

    private static String later() {
        long soon = System.currentTimeMillis() + 1000;
        return "{\"type\":\"echo\",\"scheduled_at\":" + soon / 1000 + "." + String.format("%03d", soon % 1000) + "}";
    }

    private void submitUntil(AtomicBoolean stop) {
        Api api = new Api(root);
        while (!stop.get()) {
            try {
                heard(api, api.post("api/v1/tasks", "{\"type\":\"echo\",\"queue\":\"restarts\"}"));
            } catch (UncheckedIOException e) {
                Thread.onSpinWait();
            } catch (ConditionTimeoutException e) {
                unexpected.add(e.getMessage());
            }
        }
    }

    private void heard(Api api, Api.Answer answer) {
        switch (answer.status()) {
            case 201 -> awaitRunOf(api, answer.body().get("id").asText());
            case 503 -> Thread.onSpinWait();
            default -> unexpected.add(answer.status() + " " + answer.raw().body());
        }
    }

    private void awaitRunOf(Api api, String task) {
        accepted.add(task);
        await().atMost(Duration.ofSeconds(30))
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(5))
                .ignoreExceptions()
                .until(() -> api.runOf(task).get("state").asText().equals("Completed"));
    }
}

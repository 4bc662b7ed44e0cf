package dev.leasehold.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.net.http.HttpRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.container.test.api.RunAsClient;
import org.jboss.arquillian.junit5.container.annotation.ArquillianTest;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.spec.EnterpriseArchive;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What operators ask of the deployed EAR (http.md 2, 2b, 4), and what is answered when they ask again. */
@ArquillianTest
@RunAsClient
class OrdersIT {

    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final String type = "orders." + UUID.randomUUID();

    @ArquillianResource
    URI root;

    @Deployment(testable = false)
    static EnterpriseArchive ear() {
        return Archives.ear();
    }

    @AfterEach
    void end() {
        threads.shutdownNow();
    }

    @Test
    void aHeldRunIsNotClaimedUntilItIsLetGo() {
        String run = worker().submit();
        assertThat(order(run, "hold", "").body().get("status").asText()).isEqualTo("held");
        assertThat(run(run).get("held").asBoolean()).isTrue();
        assertThat(order(run, "hold", "").status()).isEqualTo(409);
        assertThat(worker().lease(1)).isEmpty();
        assertThat(order(run, "unhold", "{\"reason\":\"done\"}")
                        .body()
                        .get("status")
                        .asText())
                .isEqualTo("unheld");
        assertThat(worker().lease(1)).hasSize(1);
    }

    @Test
    void theGreaterPriorityComesFirstAndOnlyReadyRunsTakeOne() {
        worker().submit();
        String run = worker().submit();
        JsonNode answer = order(run, "priority", "{\"priority\":9}").body();
        assertThat(answer.get("priority").asInt()).isEqualTo(9);
        assertThat(answer.get("version").asInt()).isEqualTo(2);
        assertThat(worker().lease(1).get(0).get("run_id").asText()).isEqualTo(run);
        Api.Answer late = order(run, "priority", "{\"priority\":1}");
        assertThat(late.status()).isEqualTo(409);
        assertThat(late.body().get("message").asText())
                .isEqualTo("run " + run + " priority can only be updated in Ready state (current: Leased)");
    }

    @Test
    void aSuspendedRunIsResumed() {
        String run = worker().submit();
        JsonNode lease = worker().lease(",\"start\":true").get(0);
        assertThat(order(run, "resume", "").body().get("message").asText())
                .isEqualTo("run-resume rejected for run " + run + ": run must be Suspended, observed Running");
        worker().finish(lease, lease, "{\"result\":\"suspended\"}");
        assertThat(order(run, "resume", "").body().get("status").asText()).isEqualTo("resumed");
        assertThat(run(run).get("state").asText()).isEqualTo("Ready");
    }

    @Test
    void anOrderAboutAnotherVersionIsRefused() {
        String run = worker().submit();
        assertThat(error(send(run, "hold", "{}", "If-Match", "\"9\""))).isEqualTo("409 sequence_conflict");
        assertThat(error(send(run, "hold", "{}", "If-Match", "9"))).isEqualTo("422 invalid_request");
        assertThat(error(send(run, "hold", "{}", "If-Match", "\"1\""))).isEqualTo("200");
        assertThat(error(send(run, "unhold", "{}", "If-Match", "*"))).isEqualTo("200");
    }

    @Test
    void aCanceledTaskTakesItsRunsAlong() {
        String task = api().submit(
                        "{\"type\":\"" + type + "\",\"run_policy\":{\"Repeat\":{\"count\":3,\"interval_secs\":60}}}");
        String path = "api/v1/tasks/" + task + "/cancel";
        assertThat(api().post(path, "").raw().body())
                .isEqualTo(
                        "{\"task_id\":\"" + task
                                + "\",\"status\":\"canceled\",\"runs_canceled\":3,\"runs_already_terminal\":0,\"runs_total\":3}");
        assertThat(api().post(path, "").raw().body())
                .isEqualTo(
                        "{\"task_id\":\"" + task
                                + "\",\"status\":\"already_canceled\",\"runs_canceled\":0,\"runs_already_terminal\":3,\"runs_total\":3}");
        assertThat(api().get("api/v1/tasks/" + task).body().get("status").asText())
                .isEqualTo("canceled");
    }

    @Test
    void nodesAreListed() {
        JsonNode node = api().get("api/v1/nodes").body().get("nodes").get(0);
        assertThat(node.fieldNames())
                .toIterable()
                .containsExactly("node_id", "name", "started_at", "heartbeat_at", "expiry", "status");
    }

    @Test
    void aRequestUnderTheSameKeyIsAnsweredAsBefore() {
        String key = UUID.randomUUID().toString();
        String task = "{\"type\":\"" + type + "\"}";
        Api.Answer first = submit(key, task);
        Api.Answer again = submit(key, task);
        assertThat(again.status()).isEqualTo(201);
        assertThat(again.raw().body()).isEqualTo(first.raw().body());
        assertThat(again.raw().headers().firstValue("Location"))
                .isEqualTo(first.raw().headers().firstValue("Location"));
        assertThat(first.raw().headers().firstValue("Idempotency-Replayed")).isEmpty();
        assertThat(again.raw().headers().firstValue("Idempotency-Replayed")).contains("true");
        assertThat(error(submit(key, task.replace("}", " }")))).isEqualTo("409 idempotency_conflict");
        assertThat(runs()).hasSize(1);
    }

    @Test
    void aRefusalIsRepeatedToo() {
        String large = "{\"type\":\"t\",\"payload\":{\"text\":\"" + "x".repeat((1 << 20) + 1) + "\"}}";
        for (String body :
                List.of("{", "{\"type\":7}", "{\"type\":\"t\",\"constraints\":{\"max_attempts\":0}}", large)) {
            String key = UUID.randomUUID().toString();
            Api.Answer first = submit(key, body);
            Api.Answer again = submit(key, body);
            assertThat(again.raw().body()).isEqualTo(first.raw().body());
            assertThat(again.status()).isEqualTo(first.status()).isBetween(400, 422);
            assertThat(again.raw().headers().firstValue("Idempotency-Replayed")).contains("true");
        }
        String run = worker().submit();
        String key = UUID.randomUUID().toString();
        assertThat(error(send(run, "resume", "", "Idempotency-Key", key))).isEqualTo("409 invalid_state");
        assertThat(error(send(run, "resume", "", "Idempotency-Key", key))).isEqualTo("409 invalid_state");
        assertThat(error(send(run, "hold", "", "Idempotency-Key", key))).isEqualTo("200");
        assertThat(error(send(run, "hold", "", "Idempotency-Key", key))).isEqualTo("200");
    }

    @Test
    void anAnswerThatIsTooLongIsNotKept() {
        String key = UUID.randomUUID().toString();
        String task = "{\"type\":\"" + type + "\",\"payload\":{\"text\":\"" + "x".repeat(70_000) + "\"}}";
        assertThat(submit(key, task).body().has("id")).isTrue();
        Api.Answer again = submit(key, task);
        assertThat(again.status()).isEqualTo(201);
        assertThat(again.raw().headers().firstValue("Location")).isPresent();
        assertThat(again.raw().body()).isEqualTo("{\"replayed\":true,\"answer\":\"too long to be kept\"}");
    }

    @Test
    void ofManyAtOnceOneDoesTheWork() {
        String key = UUID.randomUUID().toString();
        String task = "{\"type\":\"" + type + "\"}";
        List<CompletableFuture<Api.Answer>> answers = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            answers.add(CompletableFuture.supplyAsync(() -> submit(key, task), threads));
        }
        assertThat(answers.stream().map(one -> one.join().raw().body()).distinct())
                .hasSize(1);
        assertThat(answers.stream().map(one -> one.join().status()).distinct()).containsExactly(201);
        assertThat(runs()).hasSize(1);
    }

    private JsonNode runs() {
        return api().get("api/v1/runs?type=" + type).body().get("runs");
    }

    private Api.Answer submit(String key, String task) {
        return api().send(HttpRequest.newBuilder(api().at("api/v1/tasks"))
                .header("Content-Type", "application/json")
                .header("Idempotency-Key", key)
                .POST(HttpRequest.BodyPublishers.ofString(task)));
    }

    private Api.Answer order(String run, String order, String body) {
        return api().post("api/v1/runs/" + run + "/" + order, body);
    }

    private Api.Answer send(String run, String order, String body, String header, String value) {
        return api().send(HttpRequest.newBuilder(api().at("api/v1/runs/" + run + "/" + order))
                .header("Content-Type", "application/json")
                .header(header, value)
                .POST(HttpRequest.BodyPublishers.ofString(body)));
    }

    private static String error(Api.Answer answer) {
        return answer.body().has("error")
                ? answer.status() + " " + answer.body().get("error").asText()
                : String.valueOf(answer.status());
    }

    private JsonNode run(String id) {
        return api().get("api/v1/runs/" + id).body();
    }

    private Worker worker() {
        return new Worker(api(), "worker", type);
    }

    private Api api() {
        return new Api(root);
    }
}

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
@OneDatabase("it is about forms over HTTP; what an order does is in the *Test of each command, on both")
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
    void aTaskThatRecursIsPausedFiredAndRescheduled() {
        String task = api().submit("{\"type\":\"" + type + "\",\"run_policy\":" + cron("0 0 1 1 *") + "}");
        String path = "api/v1/tasks/" + task;
        assertThat(api().post(path + "/pause", "").raw().body())
                .isEqualTo("{\"task_id\":\"" + task + "\",\"status\":\"paused\"}");
        assertThat(error(api().post(path + "/pause", "{}"))).isEqualTo("409 invalid_state");
        assertThat(api().get(path).body().get("paused").asBoolean()).isTrue();
        assertThat(api().post(path + "/resume", "{\"reason\":\"again\"}").status())
                .isEqualTo(200);

        Api.Answer fired = api().post(path + "/fire", "{}");
        assertThat(fired.status()).isEqualTo(201);
        assertThat(fired.raw().headers().firstValue("Location").orElseThrow())
                .endsWith("/api/v1/runs/" + fired.body().get("run_id").asText());
        assertThat(worker().lease(1).get(0).get("run_id"))
                .isEqualTo(fired.body().get("run_id"));
    }

    @Test
    void aScheduleIsReplacedAtItsVersion() {
        String task = api().submit("{\"type\":\"" + type + "\",\"run_policy\":" + cron("0 0 1 1 *") + "}");
        String path = "api/v1/tasks/" + task;
        String policy = "{\"run_policy\":" + cron("0 0 2 1 *") + "}";
        assertThat(error(put(path + "/schedule", policy, "\"7\""))).isEqualTo("409 sequence_conflict");
        assertThat(error(put(path + "/schedule", "{\"run_policy\":\"Once\"}", "*")))
                .isEqualTo("422 invalid_request");
        assertThat(error(put(path + "/schedule", "{\"run_policy\":" + cron("x") + "}", "*")))
                .isEqualTo("422 invalid_task");
        JsonNode replaced = put(path + "/schedule", policy, "\"1\"").body();
        assertThat(replaced.get("version").asInt()).isEqualTo(2);
        assertThat(replaced.get("runs_canceled").asInt()).isEqualTo(5);
        assertThat(replaced.get("runs_created").asInt()).isEqualTo(5);
        JsonNode shown = api().get(path).body();
        assertThat(shown.get("run_policy")).hasToString(cron("0 0 2 1 *"));
        assertThat(shown.get("schedule").get("version").asInt()).isEqualTo(2);
        assertThat(shown.get("next_instant")).isEqualTo(replaced.get("next_instant"));
        assertThat(shown.get("status").asText()).isEqualTo("active");
    }

    @Test
    void aPreviewShowsInstantsAndFindings() {
        String body = "{\"run_policy\":{\"Cron\":{\"expression\":\"30 2 * * *\",\"time_zone\":\"Europe/Vienna\"}},"
                + "\"from\":1806100000,\"n\":2}";

        JsonNode answer = api().post("api/v1/schedules/preview", body).body();

        assertThat(answer)
                .hasToString("{\"instants\":["
                        + "{\"at\":1806111000,\"local\":\"2027-03-27T02:30+01:00\"},"
                        + "{\"at\":1806197400,\"local\":\"2027-03-28T03:30+02:00\",\"dst\":\"forward\"}],"
                        + "\"findings\":[{\"code\":\"dst_shifted\","
                        + "\"message\":\"fires at 03:30 on 2027-03-28: 02:30 is skipped\"}]}");
        assertThat(error(api().post("api/v1/schedules/preview", body.replace("\"n\":2", "\"n\":101"))))
                .isEqualTo("422 invalid_request");
    }

    private static String cron(String expression) {
        return "{\"Cron\":{\"expression\":\"" + expression + "\"}}";
    }

    private Api.Answer put(String path, String body, String match) {
        return api().send(HttpRequest.newBuilder(api().at(path))
                .header("Content-Type", "application/json")
                .header("If-Match", match)
                .PUT(HttpRequest.BodyPublishers.ofString(body)));
    }

    @Test
    void aScheduledRunIsRescheduledMovedAndRunNow() {
        String task = api().submit("{\"type\":\"" + type + "\",\"scheduled_at\":4000000000}");
        String run = api().runOf(task).get("run_id").asText();
        assertThat(order(run, "reschedule", "{\"scheduled_at\":4100000000.5,\"reason\":\"later\"}")
                        .raw()
                        .body())
                .isEqualTo("{\"run_id\":\"" + run + "\",\"status\":\"rescheduled\",\"scheduled_at\":4100000000.5}");
        assertThat(order(run, "queue", "{\"queue\":\"aside\"}").raw().body())
                .isEqualTo("{\"run_id\":\"" + run + "\",\"status\":\"moved\",\"queue\":\"aside\"}");
        assertThat(error(send(run, "run-now", "", "If-Match", "\"1\""))).isEqualTo("409 sequence_conflict");
        assertThat(order(run, "run-now", "").body().get("status").asText()).isEqualTo("promoted");
        assertThat(error(order(run, "run-now", ""))).isEqualTo("409 invalid_state");
        assertThat(error(order(run, "reschedule", "{\"scheduled_at\":1}"))).isEqualTo("409 invalid_state");

        JsonNode body = run(run);
        assertThat(body.get("queue").asText()).isEqualTo("aside");
        assertThat(body.get("scheduled_at").asDouble()).isEqualTo(4100000000.5);
        assertThat(body.get("version").asInt()).isEqualTo(4);
        assertThat(api().get("api/v1/runs?queue=aside&type=" + type).body().get("runs"))
                .hasSize(1);
        assertThat(worker().lease(1).get(0).get("queue").asText()).isEqualTo("aside");
        assertThat(error(order(run, "queue", "{\"queue\":\"back\"}"))).isEqualTo("409 invalid_state");
    }

    @Test
    void ofEightWhoRerunAnEndedRunOneWins() {
        String run = worker().submit();
        assertThat(error(order(run, "rerun", ""))).isEqualTo("409 invalid_state");
        JsonNode lease = worker().lease(",\"start\":true").get(0);
        worker().finish(lease, lease, "{\"result\":\"terminal_failure\",\"error\":\"no\"}");

        List<CompletableFuture<Api.Answer>> answers = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            answers.add(CompletableFuture.supplyAsync(() -> order(run, "rerun", "{\"reason\":\"again\"}"), threads));
        }

        assertThat(answers.stream().map(one -> error(one.join())).filter(one -> !one.equals("409 already_rerun")))
                .containsExactly("201");
        Api.Answer won = answers.stream()
                .map(CompletableFuture::join)
                .filter(one -> one.status() == 201)
                .findFirst()
                .orElseThrow();
        String rerun = won.body().get("run_id").asText();
        assertThat(won.raw().body()).isEqualTo("{\"run_id\":\"" + rerun + "\",\"rerun_of\":\"" + run + "\"}");
        assertThat(won.raw().headers().firstValue("Location").orElse("")).endsWith("/api/v1/runs/" + rerun);
        assertThat(run(rerun).get("rerun_of").asText()).isEqualTo(run);
        assertThat(run(run).has("rerun_of")).isFalse();
        assertThat(run(run).get("state").asText()).isEqualTo("Failed");
        assertThat(worker().lease(1).get(0).get("run_id").asText()).isEqualTo(rerun);
    }

    @Test
    void aNoteIsKeptOnce() {
        String run = worker().submit();
        String body = "{\"events\":[{\"event_id\":\"n1\",\"event_type\":\"note.appended\",\"data\":{\"a\":1}},"
                + "{\"event_id\":\"n2\",\"event_type\":\"note.appended\"}]}";
        assertThat(order(run, "events", body).raw().body())
                .isEqualTo("{\"results\":[{\"seq\":2,\"duplicate\":false},{\"seq\":3,\"duplicate\":false}]}");
        assertThat(order(run, "events", body).raw().body())
                .isEqualTo("{\"results\":[{\"seq\":2,\"duplicate\":true},{\"seq\":3,\"duplicate\":true}]}");
        assertThat(run(run).get("version").asInt()).isEqualTo(3);
    }

    @Test
    void whoWaitsForARunIsAnsweredWhenItHasEnded() {
        String run = worker().submit();
        String path = "api/v1/runs/" + run + "?wait_secs=";
        assertThat(error(api().get(path + "61"))).isEqualTo("422 invalid_request");
        assertThat(api().get(path + "0.2").body().get("state").asText()).isEqualTo("Ready");
        List<CompletableFuture<Api.Answer>> answers = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            answers.add(CompletableFuture.supplyAsync(() -> api().get(path + 29), threads));
        }
        JsonNode lease = worker().lease(",\"start\":true").get(0);
        worker().finish(lease, lease, "{\"result\":\"success\"}");

        assertThat(answers.stream().map(one -> one.join().body().get("state").asText()))
                .containsOnly("Completed");
        assertThat(api().get(path + 29).body().get("state").asText()).isEqualTo("Completed");
    }

    @Test
    void aBatchIsAnsweredTaskByTask() {
        String tasks = "{\"tasks\":[{\"type\":\"" + type + "\"},{\"type\":7},{\"type\":\"" + type + "\"}]}";
        String key = UUID.randomUUID().toString();
        Api.Answer first = batch(key, tasks);
        assertThat(first.status()).isEqualTo(200);
        assertThat(first.body().get("results").findValuesAsText("status"))
                .containsExactly("created", "rejected", "created");
        assertThat(first.body().get("results").get(1).toString())
                .startsWith("{\"task_id\":null,\"status\":\"rejected\",\"runs_created\":0,\"error\":\"invalid_task\"");
        assertThat(batch(key, tasks).raw().body()).isEqualTo(first.raw().body());
        assertThat(runs()).hasSize(2);
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
        return keyed("api/v1/tasks", key, task);
    }

    private Api.Answer batch(String key, String tasks) {
        return keyed("api/v1/tasks/batch", key, tasks);
    }

    private Api.Answer keyed(String path, String key, String body) {
        return api().send(HttpRequest.newBuilder(api().at(path))
                .header("Content-Type", "application/json")
                .header("Idempotency-Key", key)
                .POST(HttpRequest.BodyPublishers.ofString(body)));
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

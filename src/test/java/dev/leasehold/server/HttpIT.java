package dev.leasehold.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.container.test.api.RunAsClient;
import org.jboss.arquillian.junit5.container.annotation.ArquillianTest;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.spec.EnterpriseArchive;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The API of the deployed EAR, as a client meets it. */
@ArquillianTest
@RunAsClient
class HttpIT {

    private static final Duration LIMIT = Duration.ofSeconds(30);

    @ArquillianResource
    URI root;

    @Deployment(testable = false)
    static EnterpriseArchive ear() {
        return Archives.ear();
    }

    @Test
    void theReadmesFirstScreenShowsAFinishedRun() throws Exception {
        String commands = Shell.commands("README.md", root).get(0);
        await().atMost(LIMIT)
                .untilAsserted(() -> assertThat(Shell.run(commands))
                        .contains("\"state\":\"Completed\"", "\"output\":{\"json\":{\"hello\": \"world\"}}"));
    }

    @Test
    void theReadmesWorkerCompletesARun() throws Exception {
        assertThat(Shell.run(Shell.commands("README.md", root).get(1)))
                .contains("\"status\":\"accepted\",\"state\":\"Completed\"");
    }

    @Test
    void aRunsEventsTheFeedAndTheProofSayTheSame() {
        String run = completed(api().submit("{\"type\":\"echo\",\"metadata\":{\"priority\":7}}"))
                .get("run_id")
                .asText();
        JsonNode history = api().get("api/v1/runs/" + run + "/events").body();
        int last = history.get("last_seq").asInt();
        assertThat(history.get("count").asInt()).isEqualTo(last);
        assertThat(history.get("events")).hasSize(last);
        assertThat(history.get("limit").asInt()).isEqualTo(250);
        assertThat(history.get("has_more").asBoolean()).isFalse();
        assertThat(history.get("next_after_seq").asInt()).isEqualTo(last);
        JsonNode first = history.get("events").get(0);
        assertThat(first.get("event_id").asText()).isEqualTo(run + ":1");
        assertThat(first.get("event_type").asText()).isEqualTo("run.promoted");
        assertThat(first.get("transitions"))
                .hasToString("[{\"from\":null,\"to\":\"Scheduled\"},{\"from\":\"Scheduled\",\"to\":\"Ready\"}]");
        assertThat(first.get("data").get("priority").asInt()).isEqualTo(7);
        turnsPages(run, last);

        await().atMost(LIMIT).untilAsserted(() -> assertThat(feedOf(run)).hasSize(last));
        assertThat(feedOf(run).get(0).get("event_id")).isEqualTo(first.get("event_id"));
        JsonNode proof = api().get("api/v1/runs/" + run + "/verify").body();
        assertThat(proof.get("ok").asBoolean()).isTrue();
        assertThat(proof.get("row")).isEqualTo(proof.get("projected"));
        assertThat(proof.get("row").get("state").asText()).isEqualTo("Completed");
        assertThat(proof.get("differences")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            runs?count=up_to:10001        | 422 | invalid_request
            tasks?count=5                 | 422 | invalid_request
            events?limit=0                | 422 | invalid_pagination
            events?limit=1001             | 422 | invalid_pagination
            events?limit=x                | 422 | invalid_pagination
            events?after=                 | 422 | invalid_pagination
            events?after=7                | 422 | invalid_pagination
            events?after=%00              | 422 | invalid_pagination
            events?after=@ahead           | 422 | invalid_pagination
            events?event_type=run.done    | 422 | invalid_request
            events?run_id=x               | 422 | invalid_request
            events?task_id=x              | 422 | invalid_request
            runs/@id/events               | 404 | run_not_found
            runs/@id/events?limit=x       | 422 | invalid_pagination
            runs/@id/events?tail=x        | 422 | invalid_pagination
            runs/@id/events?after_seq=x   | 422 | invalid_pagination
            runs/@id/events?since_seq=x   | 422 | invalid_pagination
            runs/@id/events?before_seq=x  | 422 | invalid_pagination
            runs/x/events                 | 400 | invalid_run_id
            runs/@nil/events              | 400 | invalid_run_id
            runs/@id/verify               | 404 | run_not_found
            runs/x/verify                 | 400 | invalid_run_id
            runs/@nil/verify              | 400 | invalid_run_id
            """)
    void aReadOfEventsThatCannotBe(String path, int status, String error) {
        Api.Answer answer = api().get("api/v1/"
                + path.replace("@id", UUID.randomUUID().toString())
                        .replace("@nil", "00000000-0000-0000-0000-000000000000")
                        .replace("@ahead", "AUAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"));
        assertThat(answer.status()).isEqualTo(status);
        assertThat(answer.body().get("error").asText()).isEqualTo(error);
    }

    private void turnsPages(String run, int last) {
        JsonNode page = api().get("api/v1/runs/" + run + "/events?limit=1").body();
        assertThat(page.get("has_more").asBoolean()).isTrue();
        assertThat(page.get("next_after_seq").asInt()).isEqualTo(1);
        JsonNode newest = api().get("api/v1/runs/" + run + "/events?tail=1").body();
        assertThat(newest.get("events").get(0).get("seq").asInt()).isEqualTo(last);
        JsonNode behind =
                api().get("api/v1/runs/" + run + "/events?after_seq=" + last).body();
        assertThat(behind.get("events")).isEmpty();
        assertThat(behind.get("last_seq").isNull()).isTrue();
        assertThat(behind.get("next_after_seq").asInt()).isEqualTo(last);
    }

    /** A run's events in the feed, one page after the other. */
    private List<JsonNode> feedOf(String run) {
        List<JsonNode> events = new ArrayList<>();
        String path = "api/v1/events?limit=1&run_id=" + run;
        JsonNode page = api().get(path).body();
        while (!page.get("events").isEmpty()) {
            page.get("events").forEach(events::add);
            page = api().get(path + "&after=" + page.get("next").asText()).body();
            assertThat(page.get("lag_secs").isNumber()).isTrue();
        }
        return events;
    }

    /** The commands of the n-th block that calls the API. */
    @Test
    void aRunTellsItsWholeLife() {
        JsonNode run = completed(
                api().submit(
                                "{\"type\":\"echo\",\"payload\":{\"content_type\":\"text/x\",\"text\":\"hé\"},\"metadata\":{\"priority\":7}}"));
        List<String> states = new ArrayList<>();
        run.get("state_history").forEach(step -> states.add(step.get("to").asText()));
        assertThat(states).containsExactly("Scheduled", "Ready", "Leased", "Running", "Completed");
        assertThat(run.get("state_history").get(0).get("from").isNull()).isTrue();
        assertThat(run.get("attempts")).hasSize(1);
        assertThat(run.get("attempts").get(0).get("result").asText()).isEqualTo("Success");
        assertThat(run.get("attempts").get(0).get("output").toString())
                .isEqualTo("{\"content_type\":\"text/x\",\"text\":\"hé\"}");
        assertThat(run.get("block_reason").asText()).isEqualTo("terminal");
        assertThat(run.get("lease").isNull()).isTrue();
        assertThat(run.get("priority").asInt()).isEqualTo(7);
        assertThat(run.get("version").asInt()).isEqualTo(3);
    }

    @Test
    void theSameTaskAgainIsAnsweredAndAnotherUnderItsIdIsRefused() {
        String id = UUID.randomUUID().toString();
        String task = "{\"id\":\"" + id + "\",\"type\":\"echo\",\"scheduled_at\":4000000000}";
        Api.Answer first = api().post("api/v1/tasks", task);
        assertThat(first.status()).isEqualTo(201);
        assertThat(first.raw().headers().firstValue("Location").orElse("")).endsWith("/api/v1/tasks/" + id);
        assertThat(first.body().get("runs_created").asInt()).isEqualTo(1);
        Api.Answer again = api().post("api/v1/tasks", task);
        assertThat(again.status()).isEqualTo(200);
        assertThat(again.body().get("runs_created").asInt()).isZero();
        Api.Answer other = api().post("api/v1/tasks", task.replace("echo", "other"));
        assertThat(other.status()).isEqualTo(409);
        assertThat(other.body().get("error").asText()).isEqualTo("task_already_exists");
        assertThat(api().get("api/v1/runs?task_id=" + id).body().get("runs")).hasSize(1);
        assertThat(api().runOf(id).get("block_reason").asText()).isEqualTo("scheduled");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    api/v1/tasks/not-a-uuid                           | 400 | invalid_task_id
                    api/v1/tasks/00000000-0000-0000-0000-000000000000 | 400 | invalid_task_id
                    api/v1/tasks/00000000-0000-7000-8000-00000000dead | 404 | task_not_found
                    api/v1/runs/not-a-uuid                            | 400 | invalid_run_id
                    api/v1/runs/00000000-0000-7000-8000-00000000dead  | 404 | run_not_found
                    api/v1/runs?limit=0                               | 422 | invalid_pagination
                    api/v1/runs?limit=1001                            | 422 | invalid_pagination
                    api/v1/tasks?offset=-1                            | 422 | invalid_pagination
                    api/v1/runs?state=nowhere                         | 422 | invalid_request
                    api/v1/runs?after=x                               | 422 | invalid_pagination
                    api/v1/tasks?after=00000000-0000-7000-8000-00000000dead | 422 | invalid_pagination
                    api/v1/nothing                                    | 404 | not_found
                    api/application.wadl                              | 404 | not_found
                    nothing                                           | 404 | not_found
                    """)
    void readingWhatIsNotThere(String path, int status, String error) {
        refused(api().get(path), status, error);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    {                                                     | 400 | malformed_json
                    {"type":"echo"} {}                                    | 400 | malformed_json
                    {"type":"echo","bogus":1}                             | 422 | invalid_task
                    {"type":"no spaces"}                                  | 422 | invalid_task
                    {"type":7}                                            | 422 | invalid_task
                    {"type":"echo","constraints":{"max_attempts":0}}      | 422 | invalid_task
                    {"type":"echo","constraints":{"timeout_secs":0}}      | 422 | invalid_task
                    {"type":"echo","run_policy":{"Repeat":{"count":0,"interval_secs":60}}} | 422 | invalid_task
                    {"type":"echo","run_policy":{"Cron":{"expression":"@never"}}} | 422 | invalid_task
                    {"type":"echo","payload":{"text":"\\u0000"}}          | 422 | invalid_task
                    """)
    void submittingWhatCannotBe(String body, int status, String error) {
        long before = tasks();
        refused(api().post("api/v1/tasks", body), status, error);
        assertThat(tasks()).isEqualTo(before);
    }

    @Test
    void aPayloadAndARequestMayNotBeTooLarge() {
        long before = tasks();
        String large = "{\"type\":\"echo\",\"payload\":{\"text\":\"" + "x".repeat(1 << 20) + "\"}}";
        assertThat(api().post("api/v1/tasks", large).status()).isEqualTo(201);
        refused(api().post("api/v1/tasks", large.replace("x\"}", "xx\"}")), 413, "payload_too_large");
        refused(api().post("api/v1/tasks", " ".repeat(17 << 20)), 413, "request_too_large");
        assertThat(tasks()).isEqualTo(before + 1);
    }

    @Test
    void otherMethodsAndTypesAreRefusedInTheSameShape() {
        HttpRequest.Builder put = HttpRequest.newBuilder(api().at("api/v1/tasks"))
                .header("Content-Type", "application/json")
                .PUT(HttpRequest.BodyPublishers.ofString("{}"));
        Api.Answer answer = api().send(put);
        refused(answer, 405, "method_not_allowed");
        assertThat(answer.raw().headers().firstValue("Allow")).isPresent();
        HttpRequest.Builder text = HttpRequest.newBuilder(api().at("api/v1/tasks"))
                .header("Content-Type", "text/plain")
                .POST(HttpRequest.BodyPublishers.ofString("hello"));
        refused(api().send(text), 415, "unsupported_media_type");
    }

    @Test
    void aPageInABrowserMayNotCall() {
        HttpRequest.Builder drivenBy = HttpRequest.newBuilder(api().at("api/v1/tasks"))
                .header("Content-Type", "application/json")
                .header("Origin", "https://example.org")
                .POST(HttpRequest.BodyPublishers.ofString("{\"type\":\"echo\"}"));
        refused(api().send(drivenBy), 403, "forbidden");
    }

    @Test
    void listsAreOrderedAndPaged() {
        String type = "order." + UUID.randomUUID();
        List<String> instants = List.of("4000000002", "4000000001", "4000000003");
        instants.forEach(at -> api().submit("{\"type\":\"" + type + "\",\"scheduled_at\":" + at + "}"));
        JsonNode all = api().get("api/v1/runs?type=" + type).body();
        assertThat(all.get("limit").asInt()).isEqualTo(100);
        assertThat(all.get("offset").asInt()).isZero();
        assertThat(all.get("runs").findValuesAsText("scheduled_at"))
                .containsExactly("4000000001", "4000000002", "4000000003");
        JsonNode page = api().get("api/v1/runs?limit=1&offset=1&type=" + type).body();
        assertThat(page.get("runs").findValuesAsText("scheduled_at")).containsExactly("4000000002");
        assertThat(api().get("api/v1/runs?offset=99&type=" + type).body().get("runs"))
                .isEmpty();
    }

    @Test
    void healthAndStatsAnswer() {
        assertThat(api().get("healthz").raw().body()).isEqualTo("{\"status\":\"ok\"}");
        assertThat(api().get("ready").raw().body()).isEqualTo("{\"status\":\"ready\"}");
        JsonNode stats = api().get("api/v1/stats").body();
        assertThat(stats.get("runs_by_state")).hasSize(9);
        assertThat(stats.get("total_runs").asLong()).isEqualTo(sum(stats.get("runs_by_state")));
        assertThat(api().get("api/v1/tasks?count=up_to:10000").body().get("count"))
                .hasToString("{\"value\":" + stats.get("total_tasks") + ",\"relation\":\"eq\"}");
        assertThat(api().get("api/v1/runs").body().has("count")).isFalse();
    }

    @Test
    void theDoctorSeesTheDatabase() {
        JsonNode seen = api().get("api/v1/doctor").body();
        List<String> bad = new ArrayList<>();
        List<String> codes = new ArrayList<>();
        seen.get("findings").forEach(finding -> {
            codes.add(finding.get("code").asText());
            if (!finding.get("severity").asText().equals("ok")) {
                bad.add(finding.get("code").asText());
            }
            assertThat(finding.get("detail").isObject()).isTrue();
        });
        assertThat(codes).contains("clock", "connection_wait", "server_version");
        assertThat(codes).contains(seen.get("database").asText().startsWith("H2") ? "write_delay" : "pooler");
        // the PostgreSQL of these tests does not sync
        assertThat(bad).isSubsetOf("fsync", "full_page_writes", "synchronous_commit", "connection_wait");
    }

    private static long sum(JsonNode counts) {
        long sum = 0;
        for (JsonNode count : counts) {
            sum += count.asLong();
        }
        return sum;
    }

    private long tasks() {
        return api().get("api/v1/stats").body().get("total_tasks").asLong();
    }

    private static void refused(Api.Answer answer, int status, String error) {
        assertThat(answer.raw().body()).contains("\"error\":\"" + error + "\"");
        assertThat(answer.status()).isEqualTo(status);
        assertThat(answer.body().has("message")).isTrue();
        assertThat(answer.body().get("details").isObject()).isTrue();
    }

    private JsonNode completed(String task) {
        return await().atMost(LIMIT)
                .until(() -> api().runOf(task), run -> run.get("state").asText().equals("Completed"));
    }

    private Api api() {
        return new Api(root);
    }
}

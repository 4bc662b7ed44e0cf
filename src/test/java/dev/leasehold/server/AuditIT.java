package dev.leasehold.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.container.test.api.RunAsClient;
import org.jboss.arquillian.junit5.container.annotation.ArquillianTest;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.spec.EnterpriseArchive;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Test;

/** The protected audit of the deployed EAR (S13, S62), in a database in which others have left records too. */
@ArquillianTest
@RunAsClient
@OneDatabase("what is recorded, and what is found, is in AuditedCommandsTest and AuditLedgerTest, on both")
class AuditIT {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final String type = "audit." + UUID.randomUUID();

    @ArquillianResource
    URI root;

    @Deployment(testable = false)
    static EnterpriseArchive ear() {
        EnterpriseArchive ear = Archives.ear();
        WebArchive web = ear.getAsType(WebArchive.class, "leasehold-web.war");
        web.addClass(Saboteur.class);
        return ear.addAsModule(web);
    }

    @Test
    void anOrderIsRecordedOnceHoweverOftenItIsSent() {
        String run = worker().submit();
        String path = "api/v1/runs/" + run + "/hold";
        for (int i = 0; i < 3; i++) {
            Api.Answer answer = api().send(HttpRequest.newBuilder(api().at(path))
                    .header("Content-Type", "application/json")
                    .header("Idempotency-Key", type)
                    .POST(HttpRequest.BodyPublishers.ofString("{\"reason\":\"wrong\"}")));
            assertThat(answer.status()).isEqualTo(200);
        }
        assertThat(api().post(path, "{}").status()).isEqualTo(409);
        assertThat(api().post("api/v1/runs/" + run + "/cancel", "").status()).isEqualTo(200);

        JsonNode records = records("?run_id=" + run);
        assertThat(words(records)).containsExactly("run.held", "run.canceled");
        JsonNode held = records.get(0);
        assertThat(held.get("actor").asText()).isEqualTo("local");
        assertThat(held.get("created_at_ms").isIntegralNumber()).isTrue();
        assertThat(held.get("payload").get("command").asText()).isEqualTo("HoldRuns");
        assertThat(held.get("payload").get("reason").asText()).isEqualTo("wrong");
        assertThat(held.get("payload").get("before").asText()).startsWith("sha256:");
        assertThat(held.get("payload_digest").asText())
                .isEqualTo("sha256:" + sha256(held.get("payload").toString()));
    }

    @Test
    void aCanceledTaskAndEachOfItsRunsAreRecorded() {
        long before = last();
        String task = api().submit(
                        "{\"type\":\"" + type + "\",\"run_policy\":{\"Repeat\":{\"count\":3,\"interval_secs\":60}}}");
        assertThat(api().post("api/v1/tasks/" + task + "/cancel", "").status()).isEqualTo(200);
        assertThat(api().post("api/v1/tasks/" + task + "/cancel", "").status()).isEqualTo(200);

        assertThat(words(records("?limit=1000&after=" + before)))
                .containsExactly("task.canceled", "run.canceled", "run.canceled", "run.canceled");
    }

    @Test
    void pagesFollowOneAnother() {
        String run = worker().submit();
        for (String order : List.of("hold", "unhold", "hold")) {
            assertThat(api().post("api/v1/runs/" + run + "/" + order, "").status())
                    .isEqualTo(200);
        }
        JsonNode page = api().get("api/v1/audit?limit=2&run_id=" + run).body();
        assertThat(words(page.get("records"))).containsExactly("run.held", "run.unheld");
        String next = page.get("next").asText();
        assertThat(words(records("?limit=2&run_id=" + run + "&after=" + next))).containsExactly("run.held");
        assertThat(api().get("api/v1/audit?run_id=" + UUID.randomUUID()).raw().body())
                .isEqualTo("{\"records\":[]}");
        for (String wrong : List.of("after=x", "after=-1", "limit=0", "limit=1001")) {
            Api.Answer answer = api().get("api/v1/audit?" + wrong);
            assertThat(answer.status()).as(wrong).isEqualTo(422);
            assertThat(answer.body().get("error").asText()).isEqualTo("invalid_pagination");
        }
        assertThat(api().get("api/v1/audit?run_id=x").status()).isEqualTo(422);
    }

    @Test
    void theExportProvesItself() throws Exception {
        worker().submit();
        assertThat(api().post("api/v1/engine/pause", "{\"queue\":\"" + type + "\"}")
                        .status())
                .isEqualTo(200);

        Api.Answer export = api().get("api/v1/audit/export");

        assertThat(export.raw().headers().firstValue("Content-Type"))
                .hasValueSatisfying(value -> assertThat(value).startsWith("application/x-ndjson"));
        List<String> lines = export.raw().body().lines().toList();
        String prev = null;
        for (int i = 0; i < lines.size() - 1; i++) {
            JsonNode line = JSON.readTree(lines.get(i));
            String hash = line.get("record_hash").asText();
            assertThat(line.get("seq").asInt()).isEqualTo(i + 1);
            assertThat(line.get("prev_hash").textValue()).isEqualTo(prev);
            assertThat(sha256(lines.get(i).replace("\"record_hash\":\"" + hash + "\",", "")))
                    .isEqualTo(hash);
            prev = hash;
        }
        int count = lines.size() - 1;
        assertThat(lines.get(count))
                .isEqualTo("{\"type\":\"bundle_manifest\",\"record_count\":" + count + ",\"last_seq\":" + count
                        + ",\"root_hash\":\"" + prev + "\"}");
    }

    @Test
    void aRecordThatWasChangedIsNamedUntilItIsPutBack() {
        String run = worker().submit();
        assertThat(api().post("api/v1/runs/" + run + "/hold", "").status()).isEqualTo(200);
        assertThat(api().post("api/v1/runs/" + run + "/unhold", "").status()).isEqualTo(200);
        long seq = records("?run_id=" + run).get(0).get("seq").asLong();
        assertThat(verify()).isEqualTo("{\"ok\":true,\"checked\":" + last() + ",\"first_violation\":null}");

        sabotage(seq, "HoldRuns", "HeldRuns");
        assertThat(verify())
                .isEqualTo("{\"ok\":false,\"checked\":" + last() + ",\"first_violation\":{\"seq\":" + seq
                        + ",\"kind\":\"record_hash_mismatch\"}}");

        sabotage(seq, "HeldRuns", "HoldRuns");
        assertThat(verify()).startsWith("{\"ok\":true,");
    }

    @Test
    void aChoiceThatCannotBeNotedIsNotMade() {
        Worker worker = worker();
        String run = worker.submit(",\"constraints\":{\"max_attempts\":1}");
        JsonNode lease = worker.lease(1).get(0);
        worker.finish(lease, worker.start(lease), "{\"result\":\"retryable_failure\",\"error\":\"no\"}");
        int version = api().get("api/v1/runs/" + run).body().get("version").asInt();
        String there = "from leasehold.event where run_id = '" + run + "' and version = ";
        sabotage("insert into leasehold.event (tenant_id, run_id, version, pos, type, occurred_at, actor, transitions)"
                + " select tenant_id, run_id, version + 1, pos, 'note.appended', occurred_at, actor, '' " + there
                + version);

        assertThat(retry(run).status()).isGreaterThanOrEqualTo(500);

        assertThat(letter(run)).isEqualTo("open");
        assertThat(words(records("?run_id=" + run))).isEmpty();
        sabotage("delete " + there + (version + 1));
        Api.Answer repeated = retry(run);
        assertThat(repeated.status()).as(repeated.raw().body()).isEqualTo(200);
        assertThat(repeated.body().get("event_seq").asInt()).isEqualTo(version + 1);
        assertThat(letter(run)).isEqualTo("retry_requested");
        assertThat(words(records("?run_id=" + run))).containsExactly("dead_letter.retry_requested", "note.appended");
    }

    private Api.Answer retry(String run) {
        return api().send(HttpRequest.newBuilder(api().at("api/v1/runs/" + run + "/resume-plan"))
                .header("Content-Type", "application/json")
                .header("Idempotency-Key", type)
                .POST(HttpRequest.BodyPublishers.ofString("{\"choice\":\"retry_failed_effect\"}")));
    }

    private String letter(String run) {
        return api().get("api/v1/dead-letters/dead-letter-" + run)
                .body()
                .get("status")
                .asText();
    }

    private void sabotage(long seq, String from, String to) {
        sabotage("update leasehold.audit_record set payload = replace(payload, '" + from + "', '" + to
                + "') where seq = " + seq);
    }

    private void sabotage(String sql) {
        String task = api().submit("{\"type\":\"test.sabotage\",\"constraints\":{\"max_attempts\":1},"
                + "\"payload\":{\"content_type\":\"text/plain\",\"text\":\"" + sql + "\"}}");
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(api().runOf(task).toString()).contains("\"state\":\"Completed\""));
    }

    private String verify() {
        return api().get("api/v1/audit/verify").raw().body();
    }

    private long last() {
        List<String> lines =
                api().get("api/v1/audit/export").raw().body().lines().toList();
        return lines.size() - 1L;
    }

    private JsonNode records(String query) {
        return api().get("api/v1/audit" + query).body().get("records");
    }

    private static List<String> words(JsonNode records) {
        return records.findValuesAsText("event_type");
    }

    private static String sha256(String text) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private Worker worker() {
        return new Worker(api(), "w", type);
    }

    private Api api() {
        return new Api(root);
    }
}

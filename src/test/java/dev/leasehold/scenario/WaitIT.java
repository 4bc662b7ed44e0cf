package dev.leasehold.scenario;

import static dev.leasehold.scenario.TaskText.script;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.leasehold.server.Api;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What runs wait for, by the numbers of the paper on operations. */
class WaitIT extends Scenarios {

    private static final String ONCE = "'timeout':{'timeout_at':1000,'on_timeout':'remind'}";

    @Test
    void s44_reminders() {
        String run = Steps.in("Suspended");
        open(run, "w", "external", "'timeout':{'timeout_at':1000,'on_timeout':'remind','remind_every_secs':500}");

        clock(1250);
        assertThat(done()).isEqualTo(1);
        JsonNode timeout = wait(run, "w").get("timeout");
        assertThat(timeout.get("timeout_at").asInt()).isEqualTo(1750);
        assertThat(timeout.get("reminder_count").asInt()).isEqualTo(1);
        assertThat(timeout.get("last_reminded_at").asInt()).isEqualTo(1250);
        clock(1749);
        assertThat(done()).isZero();
        clock(1750);
        assertThat(done()).isEqualTo(1);
        clock(2249);
        assertThat(done()).isZero();
        assertThat(wait(run, "w").at("/timeout/timeout_at").asInt()).isEqualTo(2250);
        assertThat(wait(run, "w").at("/timeout/reminder_count").asInt()).isEqualTo(2);
        assertThat(wait(run, "w").get("status").asText()).isEqualTo("waiting");
        assertThat(outcomes(run)).containsExactly("opened", "timeout_reminded", "timeout_reminded");
        assertThat(byId(run).get("state").asText()).isEqualTo("Suspended");
        assertThat(letters(run)).isEmpty();
    }

    @Test
    void s44_withoutAnIntervalItStandsStill() {
        String run = Steps.in("Suspended");
        open(run, "w", "external", ONCE);

        clock(1000);
        assertThat(done()).isEqualTo(1);

        assertThat(wait(run, "w").get("status").asText()).isEqualTo("timed_out");
        assertThat(byId(run).get("state").asText()).isEqualTo("Suspended");
        assertThat(letters(run)).containsExactly("open");
        assertThat(resolve("w", "k", "").status()).isEqualTo(409);
        clock(5000);
        assertThat(done()).isZero();
    }

    @Test
    void s46_externalResolution() {
        for (String kind : List.of("webhook", "external")) {
            String run = Steps.in("Suspended");
            String w1 = kind + "1";
            String w2 = kind + "2";
            open(run, w1, kind, "'schema':{'ok':'boolean'}");
            open(run, w2, kind, "'schema':{'ok':'boolean'}");

            JsonNode first = accept(resolve(w1, "k1", "{'ok':true}"));
            JsonNode second = accept(resolve(w1, "k1", "{'ok':true}"));
            assertThat(first.get("duplicate").asBoolean()).isFalse();
            assertThat(second.get("duplicate").asBoolean()).isTrue();
            assertThat(second.get("event_seq").asInt())
                    .isEqualTo(first.get("event_seq").asInt());
            assertThat(outcomes(run)).containsExactly("opened", "opened", "resolved");

            refused(409, "wait_resolution_conflict", resolve(w1, "k2", "{'ok':true}"));
            refused(400, "invalid_idempotency_key", resolve(w2, "k".repeat(513), "{'ok':true}"));
            refused(413, "payload_too_large", resolve(w2, "k", payload(16_385)));
            refused(422, "payload_schema_violation", resolve(w2, "k", "{'ok':1}"));
            refused(404, "wait_not_found", resolve("w9", "k", "{'ok':true}"));
            assertThat(wait(run, w2).get("status").asText()).isEqualTo("waiting");
            accept(resolve(w2, "k".repeat(512), payload(16_384)));
            assertThat(byId(run).get("state").asText()).isEqualTo("Ready");
        }
    }

    @Test
    void s47_lateApprovalAfterEscalation() {
        String run = Steps.in("Suspended");
        open(run, "w", "approval", "'timeout':{'timeout_at':1000,'on_timeout':'escalate','escalate_to':'ops'}");
        clock(1000);
        assertThat(done()).isEqualTo(1);
        assertThat(wait(run, "w").get("status").asText()).isEqualTo("escalated");
        assertThat(byId(run).get("state").asText()).isEqualTo("Suspended");
        assertThat(letters(run)).containsExactly("open");
        assertThat(gate(run, "wait").at("/detail/wait_id").asText()).isEqualTo("w");
        assertThat(gate(run, "wait").get("action").asText()).isEqualTo("POST /api/v1/waits/w/resolve");

        JsonNode approved = accept(resolve("w", "k", ""));

        assertThat(approved.get("status").asText()).isEqualTo("woken");
        assertThat(approved.get("run_state").asText()).isEqualTo("Ready");
        assertThat(letters(run)).containsExactly("resolved");
        accepted(Steps.acquire(run));
    }

    @Test
    void s47_aTimerIsNotApproved() {
        String run = Steps.in("Suspended");
        open(
                run,
                "w",
                "timer",
                "'wake_at':2000,'timeout':{'timeout_at':1000,'on_timeout':'escalate','escalate_to':'ops'}");
        clock(1000);
        assertThat(done()).isEqualTo(1);

        assertThat(wait(run, "w").get("status").asText()).isEqualTo("escalated");
        refused(409, "wait_not_waiting", resolve("w", "k", ""));
        clock(2000);
        assertThat(done()).isZero();
        assertThat(gate(run, "wait").get("action").asText()).isEqualTo("POST /api/v1/runs/" + run + "/resume");
        order("runs/" + run + "/resume");
        accepted(Steps.lease("LeaseAcquire", run, "w1", 3000));
    }

    @Test
    void s49_aClockThatGoesBackFiresNothingTwice() {
        String run = runId(submit(script("ok")));
        clock(1500);
        open(run, "one", "timer", "'wake_at':2000");
        clock(1900);
        assertThat(done()).isZero();
        clock(1500);
        open(run, "two", "timer", "'wake_at':1700");
        assertThat(done()).isZero();
        clock(1600);
        assertThat(done()).isZero();
        clock(1700);
        assertThat(done()).isEqualTo(1);
        assertThat(wait(run, "two").get("status").asText()).isEqualTo("woken");
        clock(2000);
        assertThat(done()).isEqualTo(1);
        clock(1700);
        assertThat(done()).isZero();
        clock(2000);
        assertThat(done()).isZero();
        assertThat(outcomes(run)).containsExactly("opened", "opened", "woken", "woken");
        idle();
        assertThat(byId(run).get("state").asText()).isEqualTo("Completed");
    }

    @Test
    void s46_whatIsRefusedWhenAWaitIsOpened() {
        String run = Steps.in("Suspended");
        open(run, "w", "external", "");
        refused(409, "wait_exists", tryOpen(run, "w", "external", ""));
        refused(409, "invalid_state", tryOpen(Steps.running(), "v", "external", ""));
        refused(404, "run_not_found", tryOpen("00000000-0000-0000-0000-000000000001", "v", "external", ""));
        refused(422, "invalid_request", tryOpen(run, "v", "timer", ""));
        refused(422, "invalid_request", tryOpen(run, "v", "nap", ""));
        refused(422, "invalid_request", tryOpen(run, "", "external", ""));
        refused(422, "invalid_request", tryOpen(run, "v", "external", "'timeout':{'timeout_at':5}"));
        refused(422, "invalid_request", tryOpen(run, "v", "external", "'schema':{'ok':'date'}"));
        refused(422, "invalid_request", tryOpen(run, "v", "external", "'schema':['ok']"));
        assertThat(api().get("api/v1/runs/" + run + "/waits?limit=10").body().get("waits"))
                .hasSize(1);
    }

    private static int done() {
        return tick("waits").get("components").get("waits").asInt();
    }

    private static Api.Answer tryOpen(String run, String wait, String kind, String more) {
        String body = "{'wait_id':'" + wait + "','kind':'" + kind + "'" + (more.isEmpty() ? "" : "," + more) + "}";
        return api().post("api/v1/runs/" + run + "/waits", body.replace('\'', '"'));
    }

    private static void open(String run, String wait, String kind, String more) {
        Api.Answer answer = tryOpen(run, wait, kind, more);
        assertThat(answer.status()).as(answer.raw().body()).isEqualTo(201);
        assertThat(answer.body().get("status").asText()).isEqualTo("waiting");
    }

    private static Api.Answer resolve(String wait, String key, String json) {
        String payload = json.isEmpty() ? "" : ",'payload':{'json':" + json + "}";
        return api().post(
                        "api/v1/waits/" + wait + "/resolve",
                        ("{'idempotency_key':'" + key + "'" + payload + "}").replace('\'', '"'));
    }

    /** A document of so many bytes that the schema allows. */
    private static String payload(int bytes) {
        String start = "{'ok':true,'text':'";
        return start + "x".repeat(bytes - start.length() - 2) + "'}";
    }

    private static JsonNode wait(String run, String id) {
        for (JsonNode wait : api().get("api/v1/runs/" + run + "/waits").body().get("waits")) {
            if (wait.get("wait_id").asText().equals(id)) {
                return wait;
            }
        }
        throw new AssertionError("run " + run + " has no wait " + id);
    }

    /** What the run's events say of its waits, in their order. */
    private static List<String> outcomes(String run) {
        return api().get("api/v1/runs/" + run + "/events?limit=100")
                .body()
                .get("events")
                .findValuesAsText("outcome");
    }

    private static List<String> letters(String run) {
        return api().get("api/v1/dead-letters?run_id=" + run)
                .body()
                .get("dead_letters")
                .findValuesAsText("status");
    }

    private static JsonNode gate(String run, String name) {
        for (JsonNode gate : api().get("api/v1/runs/" + run + "/explain").body().get("gates")) {
            if (gate.get("gate").asText().equals(name)) {
                return gate;
            }
        }
        throw new AssertionError("no gate " + name);
    }

    private static JsonNode accept(Api.Answer answer) {
        accepted(answer);
        return answer.body();
    }

    private static void refused(int status, String error, Api.Answer answer) {
        assertThat(answer.status()).as(answer.raw().body()).isEqualTo(status);
        assertThat(answer.body().get("error").asText()).isEqualTo(error);
    }
}

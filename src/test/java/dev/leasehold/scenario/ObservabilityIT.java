package dev.leasehold.scenario;

import static dev.leasehold.scenario.TaskText.script;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.leasehold.server.Api;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A run at one look, by the numbers of the paper on operations. */
class ObservabilityIT extends Scenarios {

    private static final List<String> MEMBERS = List.of(
            "run_id",
            "source",
            "run",
            "current_wait",
            "waits",
            "policy_decisions",
            "reliability",
            "audit",
            "events",
            "snapshots",
            "operator_summary",
            "counts",
            "truncated",
            "limits");

    @Test
    void s01_whatThereIsOfTheWholeAggregate() {
        String run = Steps.in("Suspended");
        open(run, "wait-1", "approval", "'reason':'needs_ok'");
        open(run, "wait-2", "external", "'timeout':{'timeout_at':500,'on_timeout':'escalate','escalate_to':'ops'}");
        clock(1000);
        tick("waits");

        JsonNode seen = look(run, "");

        assertThat(seen.get("source").asText()).isEqualTo("run_observability");
        JsonNode counts = seen.get("counts");
        assertThat(counts.get("waits").asInt()).isEqualTo(2);
        assertThat(counts.get("active_waits").asInt()).isEqualTo(2);
        assertThat(counts.get("dead_letters").asInt()).isEqualTo(1);
        assertThat(counts.get("protected_audit_events").asInt()).isEqualTo(2);
        assertThat(counts.get("events").asInt())
                .isEqualTo(seen.at("/run/version").asInt());
        assertThat(kinds(seen)).containsExactly("active_wait", "active_wait", "dead_letter");
        assertThat(actions(seen)).containsExactly("review_wait", "resolve_dead_letter");
        assertThat(action(seen, "review_wait").get("wait_ids").toString()).isEqualTo("[\"wait-1\",\"wait-2\"]");
        assertThat(calls(seen, "review_wait"))
                .containsExactly("POST /api/v1/waits/wait-1/resolve", "POST /api/v1/runs/" + run + "/resume");
        assertThat(action(seen, "resolve_dead_letter").get("dead_letter_ids")).hasSize(1);
    }

    @Test
    void s01_digestsAreShownAndNoPayloads() {
        String run = Steps.in("Suspended");
        open(run, "wait-1", "approval", "'reason':'needs_ok'");
        note(run, "{'secret':'hunter2'}");

        JsonNode seen = look(run, "");

        assertThat(seen.at("/audit/payload_policy").asText()).isEqualTo("redacted_payload_digest_only");
        JsonNode record = seen.at("/audit/protected_events/0");
        assertThat(record.get("payload_digest").asText()).matches("sha256:[0-9a-f]{64}");
        assertThat(record.has("payload")).isFalse();
        assertThat(seen.at("/events/latest/seq").asInt())
                .isEqualTo(seen.at("/counts/events").asInt());
        assertThat(seen.at("/events/latest/payload_digest").asText()).startsWith("sha256:");
        assertThat(seen.toString()).doesNotContain("hunter2");
    }

    @Test
    void s02_limits() {
        String run = runId(submit(script("ok")));
        assertThat(limits(run, "")).isEqualTo("100,100,100,100");
        assertThat(limits(run, "?event_limit=0&snapshot_limit=501&reliability_limit=500"))
                .isEqualTo("1,500,500,100");
        assertThat(limits(run, "?audit_limit=1")).isEqualTo("100,100,100,1");
        Api.Answer malformed = api().get("api/v1/runs/" + run + "/observability?event_limit=many");
        assertThat(malformed.status()).isEqualTo(422);
        assertThat(malformed.body().get("error").asText()).isEqualTo("invalid_pagination");
        assertThat(look(run, "?event_limit=1").at("/events/tail")).hasSize(1);
    }

    @Test
    void s04_anUnknownRunIsNotFound() {
        Api.Answer answer = api().get("api/v1/runs/00000000-0000-0000-0000-000000000001/observability");
        assertThat(answer.status()).isEqualTo(404);
        assertThat(answer.body().get("error").asText()).isEqualTo("run_not_found");
    }

    @Test
    void s07_anApprovalCountsOnce() {
        String run = Steps.in("Suspended");
        open(run, "gate-1", "approval", "");

        JsonNode seen = look(run, "");

        assertThat(seen.at("/run/active_wait_id").asText()).isEqualTo("gate-1");
        assertThat(seen.at("/run/active_wait_kind").asText()).isEqualTo("approval");
        assertThat(seen.at("/run/status").asText()).isEqualTo("awaiting_approval");
        assertThat(seen.at("/current_wait/wait_id").asText()).isEqualTo("gate-1");
        assertThat(seen.at("/waits/0/wait_id").asText()).isEqualTo("gate-1");
        assertThat(seen.at("/counts/waits").asInt()).isEqualTo(1);
        assertThat(seen.at("/counts/active_waits").asInt()).isEqualTo(1);
        assertThat(kinds(seen)).containsExactly("active_wait");
        assertThat(actions(seen)).containsExactly("review_wait");
    }

    @Test
    void s08_aSupersededFailureDoesNotBlock() {
        String run = Steps.in("Failed");
        assertThat(status(run)).isEqualTo("dead_lettered");
        String rerun = api().post("api/v1/runs/" + run + "/rerun", "{}")
                .body()
                .get("run_id")
                .asText();
        assertThat(actions(look(run, ""))).containsExactly("resolve_dead_letter");
        Steps.bring(rerun, "Completed");

        JsonNode seen = look(run, "");

        assertThat(seen.at("/counts/dead_letters").asInt()).isEqualTo(1);
        assertThat(seen.at("/reliability/dead_letters/0/status").asText()).isEqualTo("resolved");
        assertThat(kinds(seen)).containsExactly("run_status");
        assertThat(seen.at("/run/status").asText()).isEqualTo("failed");
        assertThat(look(rerun, "").at("/operator_summary/is_blocked").asBoolean())
                .isFalse();
    }

    @Test
    void s11_whatLiesBetweenIsVisible() {
        String run = Steps.in("Failed");
        JsonNode open = look(run, "").at("/operator_summary/blocking_reasons/1");
        assertThat(open.get("status").asText()).isEqualTo("open");
        assertThat(open.get("automatic").asBoolean()).isFalse();
        assertThat(calls(look(run, ""), "resolve_dead_letter"))
                .containsExactly("POST /api/v1/dead-letters/dead-letter-" + run + "/retry");
        order(run, "retry");
        JsonNode requested = look(run, "").at("/operator_summary/blocking_reasons/1");
        assertThat(requested.get("status").asText()).isEqualTo("retry_requested");
        assertThat(requested.get("automatic").asBoolean()).isTrue();
        tick("dead_letters");
        JsonNode retrying = look(run, "");
        assertThat(retrying.at("/operator_summary/blocking_reasons/1/status").asText())
                .isEqualTo("retrying");
        assertThat(actions(retrying)).isEmpty();
        order(run, "ignore");
        assertThat(kinds(look(run, ""))).containsExactly("run_status");
    }

    @Test
    void s14_anEmptyRun() {
        String run = runId(submit(script("ok")));

        JsonNode seen = look(run, "");

        assertThat(seen.fieldNames()).toIterable().containsExactlyElementsOf(MEMBERS);
        assertThat(seen.get("current_wait").isNull()).isTrue();
        assertThat(seen.get("waits")).isEmpty();
        assertThat(seen.at("/events/tail")).hasSize(1);
        assertThat(seen.at("/events/correlation_ids")).isEmpty();
        assertThat(seen.at("/snapshots/latest").isNull()).isTrue();
        for (String list : List.of("outbox", "tool_effects", "dead_letters", "compensations")) {
            assertThat(seen.at("/reliability/" + list).isArray()).as(list).isTrue();
            assertThat(seen.at("/reliability/" + list)).isEmpty();
        }
        assertThat(seen.at("/operator_summary/is_blocked").asBoolean()).isFalse();
        assertThat(seen.at("/audit/status").asText()).isEqualTo("ok");
        assertThat(seen.at("/run/kind").asText()).isEqualTo("run");
        assertThat(seen.at("/run/status").asText()).isEqualTo("queued");
        assertThat(seen.at("/run/scope").has("org_id")).isTrue();
        assertThat(seen.at("/run/started_at").isNull()).isTrue();
    }

    @Test
    void s53_everyStatusIsReached() {
        String run = Steps.in("Ready");
        assertThat(status(run)).isEqualTo("queued");
        api().post("api/v1/runs/" + run + "/hold", "{}");
        assertThat(status(run)).isEqualTo("paused");
        assertThat(calls(look(run, ""), "resume_from_checkpoint"))
                .containsExactly("POST /api/v1/runs/" + run + "/unhold");
        api().post("api/v1/runs/" + run + "/unhold", "{}");
        open(run, "hook", "webhook", "");
        assertThat(status(run)).isEqualTo("awaiting_webhook");
        api().post("api/v1/waits/hook/resolve", "{\"idempotency_key\":\"k\"}");
        open(run, "nap", "timer", "'wake_at':100");
        assertThat(status(run)).isEqualTo("sleeping");
        clock(100);
        tick("waits");
        accepted(Steps.acquire(run));
        assertThat(status(run)).isEqualTo("running");
        accepted(mutate("{'command':'AttemptStart','run_id':'" + run + "'}"));
        Steps.end(run, "RetryWait");
        assertThat(status(run)).isEqualTo("retrying");
        assertThat(calls(look(run, ""), "resume_from_checkpoint"))
                .containsExactly("POST /api/v1/runs/" + run + "/run-now");
        api().post("api/v1/runs/" + run + "/cancel", "{}");
        assertEveryPhaseIsTold(look(run, ""));
        assertThat(status(Steps.in("Completed"))).isEqualTo("completed");
        assertThat(status(Steps.in("Suspended"))).isEqualTo("paused");
    }

    private static void assertEveryPhaseIsTold(JsonNode seen) {
        assertThat(seen.at("/run/status").asText()).isEqualTo("cancelled");
        assertThat(String.join(" ", seen.at("/run/phase_history").findValuesAsText("phase")))
                .isEqualTo("created queued paused_attention_required queued waiting_webhook queued sleeping queued"
                        + " running_phase retrying cancelled");
        assertThat(seen.at("/run/allowed_next_phases")).isEmpty();
        assertThat(seen.at("/run/finished_at").isNumber()).isTrue();
    }

    @Test
    void s53_whatAPermitKeepsIsBlocked() {
        String first = runId(submit(script("ok").key("one").type("alone.blocked")));
        String second = runId(submit(script("ok").key("one").type("alone.blocked")));
        accepted(Steps.move(first, "Scheduled", "Ready"));
        accepted(Steps.acquire(first));

        JsonNode seen = look(second, "");

        assertThat(seen.at("/run/status").asText()).isEqualTo("blocked");
        assertThat(kinds(seen)).containsExactly("run_status");
        assertThat(calls(seen, "resume_from_checkpoint")).containsExactly("PUT /api/v1/limits/key/one");
        assertThat(seen.at("/run/phase").asText()).isEqualTo("paused_attention_required");
    }

    private static JsonNode look(String run, String query) {
        Api.Answer answer = api().get("api/v1/runs/" + run + "/observability" + query);
        accepted(answer);
        return answer.body();
    }

    private static String status(String run) {
        return look(run, "").at("/run/status").asText();
    }

    private static String limits(String run, String query) {
        JsonNode limits = look(run, query).get("limits");
        return String.join(
                ",",
                List.of("event_limit", "snapshot_limit", "reliability_limit", "audit_limit").stream()
                        .map(name -> limits.get(name).asText())
                        .toList());
    }

    private static List<String> kinds(JsonNode seen) {
        return seen.at("/operator_summary/blocking_reasons").findValuesAsText("kind");
    }

    private static List<String> actions(JsonNode seen) {
        return seen.at("/operator_summary/allowed_actions").findValuesAsText("action");
    }

    private static JsonNode action(JsonNode seen, String name) {
        for (JsonNode action : seen.at("/operator_summary/allowed_actions")) {
            if (action.get("action").asText().equals(name)) {
                return action;
            }
        }
        throw new AssertionError("no action " + name);
    }

    private static List<String> calls(JsonNode seen, String name) {
        List<String> calls = new ArrayList<>();
        action(seen, name).get("calls").forEach(call -> calls.add(call.asText()));
        return calls;
    }

    private static void open(String run, String wait, String kind, String more) {
        String body = "{'wait_id':'" + wait + "','kind':'" + kind + "'" + (more.isEmpty() ? "" : "," + more) + "}";
        Api.Answer answer = api().post("api/v1/runs/" + run + "/waits", body.replace('\'', '"'));
        assertThat(answer.status()).as(answer.raw().body()).isEqualTo(201);
    }

    private static void note(String run, String data) {
        String body = "{'events':[{'event_id':'n-1','event_type':'note.appended','data':" + data + "}]}";
        accepted(api().post("api/v1/runs/" + run + "/events", body.replace('\'', '"')));
    }

    private static void order(String run, String verb) {
        Api.Answer answer = api().post("api/v1/dead-letters/dead-letter-" + run + "/" + verb, "{}");
        assertThat(answer.status()).as(answer.raw().body()).isBetween(200, 202);
    }
}

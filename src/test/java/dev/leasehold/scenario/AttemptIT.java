package dev.leasehold.scenario;

import static dev.leasehold.scenario.TaskText.script;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.leasehold.server.Api;
import java.util.List;
import org.junit.jupiter.api.Test;

/** E. Attempts: how they end, and by which settings. */
class AttemptIT extends Scenarios {

    @Test
    void s49_timeoutBeatsTheReturnedValueSuspensionBeatsTheTimeout() {
        configure("{\"concurrency\":4}");
        List<String> tasks = submitAll(List.of(
                script("sleep:1200,ok").timeout(1),
                script("sleep:1200,fatal:x").timeout(1),
                script("sleep:1200,suspend").timeout(1),
                script("sleep:100,ok").timeout(1)));
        idle();
        List<JsonNode> attempts =
                tasks.stream().map(task -> run(task).get("attempts").get(0)).toList();
        assertThat(texts(attempts, "result")).containsExactly("Timeout", "Timeout", "Suspended", "Success");
        assertThat(texts(attempts, "error"))
                .containsExactly("attempt timed out after 1s", "attempt timed out after 1s", "null", "null");
        assertThat(tasks.stream().map(Scenarios::state)).containsExactly("Failed", "Failed", "Suspended", "Completed");
        List<JsonNode> stopped = callsInFull().stream()
                .filter(call -> call.has("stop_seen_after_secs"))
                .toList();
        assertThat(stopped)
                .hasSize(3)
                .allSatisfy(call ->
                        assertThat(call.get("stop_seen_after_secs").asDouble()).isBetween(0.75, 1.25));
    }

    /** Keys and defaults are ours (decisions 6, 11). */
    @Test
    void s50_configurationLimits() {
        assertThat(configure("{}").get("leasehold.lease-secs").asInt()).isEqualTo(300);
        assertThat(configure("{}").get("leasehold.worker-threads").asInt()).isEqualTo(1);
        assertThat(configure("{}").get("leasehold.default-backoff").asText()).isEqualTo("fixed");
        bounds("leasehold.lease-secs", 3, 86_400);
        bounds("leasehold.heartbeat-secs", 1, 3600);
        bounds("leasehold.http-lease-secs", 3, 86_400);
        bounds("leasehold.promote-secs", 1, 60);
        bounds("leasehold.poll-secs", 1, 60);
        bounds("leasehold.expire-secs", 1, 60);
        bounds("leasehold.timeout-grace-secs", 0, 3600);
        Api.Answer none = trySettings("{'concurrency':0}");
        assertThat(none.status()).isEqualTo(422);
        assertThat(none.body().get("message").asText()).isEqualTo("concurrency: must be at least 1");
    }

    private static void bounds(String key, int least, int most) {
        for (int bad : new int[] {least - 1, most + 1}) {
            Api.Answer answer = trySettings("{'" + key + "':" + bad + "}");
            assertThat(answer.body().path("message").asText())
                    .isEqualTo("configuration: " + key + " is '" + bad + "', but must be a whole number from " + least
                            + " to " + most);
            assertThat(answer.status()).isEqualTo(422);
        }
        accepted(trySettings("{'" + key + "':" + least + "}"));
        accepted(trySettings("{'" + key + "':" + most + "}"));
    }

    @Test
    void s52_suspensionDoesNotUseUpTheCap() {
        String task = submit(script("suspend|ok"));
        idle();
        assertThat(state(task)).isEqualTo("Suspended");
        assertThat(run(task).get("block_reason").asText()).isEqualTo("suspended");
        assertThat(calls()).hasSize(1);
        resume(task);
        assertThat(state(task)).isEqualTo("Ready");
        idle();
        assertThat(state(task)).isEqualTo("Completed");
        assertThat(calls()).hasSize(2);
        assertThat(results(task)).containsExactly("Suspended", "Success");
    }

    private static void resume(String task) {
        assertThat(order("runs/" + runId(task) + "/resume").get("status").asText())
                .isEqualTo("resumed");
    }

    @Test
    void s53_manySuspensions() {
        String task = submit(script("suspend|suspend|retry:a|retry:b").attempts(2));
        idle();
        resume(task);
        idle();
        resume(task);
        idle();
        assertThat(results(task)).containsExactly("Suspended", "Suspended", "Failure", "Failure");
        assertThat(state(task)).isEqualTo("Failed");
        assertThat(run(task).get("attempt_count").asInt()).isEqualTo(4);
    }

    @Test
    void s55_suspendedOutputIsKept() {
        String task = submit(script("suspend:p1"));
        idle();
        JsonNode attempt = run(task).get("attempts").get(0);
        assertThat(attempt.get("result").asText()).isEqualTo("Suspended");
        assertThat(attempt.get("output").get("text").asText()).isEqualTo("p1");
        assertThat(attempt.get("error").isNull()).isTrue();
        String run = Steps.running();
        String open = Steps.attempt(run);
        invalid(
                Steps.finish(run, open, "'result':'Failure','error':'x','output':'p'"),
                "non-success outcome Failure cannot carry output bytes");
        invalid(
                Steps.finish(run, open, "'result':'Success','error':'x'"),
                "Success outcome must not have an error detail, got: x");
        accepted(Steps.finish(run, open, "'result':'Success','output':''"));
        assertThat(byId(run).get("attempts").get(0).has("output")).isFalse();
    }

    private static void invalid(Api.Answer answer, String message) {
        assertThat(answer.body().path("message").asText()).isEqualTo(message);
        assertThat(answer.status()).isEqualTo(422);
    }

    @Test
    void s62_aHandlerThatThrows() {
        String thrower = submit(script("throw:boom").attempts(2));
        String other = submit(script("ok"));
        idle();
        assertThat(results(thrower)).containsExactly("Failure", "Failure");
        assertThat(run(thrower).get("attempts").findValuesAsText("error"))
                .allSatisfy(error -> assertThat(error).contains("boom"));
        assertThat(state(thrower)).isEqualTo("Failed");
        assertThat(state(other)).isEqualTo("Completed");
    }
}

package dev.leasehold.scenario;

import static dev.leasehold.scenario.TaskText.script;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.leasehold.server.Api;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** A. Accounting. */
class AccountingIT extends Scenarios {

    private static final String SUCCESSFUL = "Scheduled>Ready>Leased>Running>Completed";

    @Test
    void s01_onceYieldsOneRunAlsoAfterRestart() {
        Api.Answer answer = api().post("api/v1/tasks", script("ok").json());
        assertThat(answer.body().get("runs_created").asInt()).isEqualTo(1);
        String task = answer.body().get("id").asText();
        assertThat(state(task)).isEqualTo("Scheduled");
        idle();
        assertThat(history(task)).isEqualTo(SUCCESSFUL);
        JsonNode before = run(task);
        restart(5000);
        idle();
        assertThat(run(task)).isEqualTo(before);
        assertThat(before.get("attempt_count").asInt()).isEqualTo(1);
        assertThat(calls()).containsExactly(task);
    }

    @Test
    void s02_repeat() {
        Api.Answer answer =
                api().post("api/v1/tasks", script("ok").repeat(3, 60).json());
        assertThat(answer.body().get("runs_created").asInt()).isEqualTo(3);
        String task = answer.body().get("id").asText();
        assertThat(texts(runs(task), "scheduled_at")).containsExactly("1000", "1060", "1120");
        assertThat(texts(runs(task), "created_at")).containsExactly("1000", "1000", "1000");
        clock(1120);
        idle();
        List<JsonNode> before = runs(task);
        assertThat(texts(before, "state")).containsExactly("Completed", "Completed", "Completed");
        assertThat(calls()).containsExactly(task, task, task);
        restart(100_000);
        idle();
        assertThat(runs(task)).isEqualTo(before);
        assertThat(calls()).hasSize(3);
    }

    @Test
    void s04_capOneRetryableFailure() {
        String task = submit(script("retry:x"));
        idle();
        JsonNode before = run(task);
        assertThat(before.get("state").asText()).isEqualTo("Failed");
        assertThat(before.get("attempt_count").asInt()).isEqualTo(1);
        assertThat(before.get("attempts").get(0).get("result").asText()).isEqualTo("Failure");
        assertThat(before.get("attempts").get(0).get("error").asText()).isEqualTo("x");
        assertThat(before.get("block_reason").asText()).isEqualTo("terminal");
        restart();
        idle();
        assertThat(run(task)).isEqualTo(before);
        assertThat(calls()).hasSize(1);
    }

    @Test
    void s05_capThreeRetryableFailures() {
        String task = submit(script("retry:x").attempts(3));
        String run = runId(task);
        idle();
        assertThat(results(task)).containsExactly("Failure", "Failure", "Failure");
        assertThat(Set.copyOf(run(task).get("attempts").findValuesAsText("attempt_id")))
                .hasSize(3);
        assertThat(state(task)).isEqualTo("Failed");
        restart();
        idle();
        assertThat(runId(task)).isEqualTo(run);
        assertThat(run(task).get("attempt_count").asInt()).isEqualTo(3);
    }

    @Test
    void s07_successBelowTheCap() {
        String task = submit(script("ok").attempts(3));
        idle();
        assertThat(results(task)).containsExactly("Success");
        assertThat(history(task)).isEqualTo(SUCCESSFUL);
    }

    @Test
    void s08_terminalFailureBelowTheCap() {
        String task = submit(script("fatal:no").attempts(3));
        idle();
        assertThat(results(task)).containsExactly("Failure");
        assertThat(run(task).get("attempts").get(0).get("error").asText()).isEqualTo("no");
        assertThat(history(task)).isEqualTo("Scheduled>Ready>Leased>Running>Failed");
    }

    @Test
    void s10_lineageWithOutputAcrossRestart() {
        String task = submit(script("retry:attempt 0 failed|retry:attempt 1 failed|ok:final-output")
                .attempts(3));
        idle();
        JsonNode before = run(task);
        JsonNode attempts = before.get("attempts");
        assertThat(attempts.findValuesAsText("error")).containsExactly("attempt 0 failed", "attempt 1 failed", "null");
        assertThat(attempts.get(0).has("output")).isFalse();
        assertThat(attempts.get(1).has("output")).isFalse();
        assertThat(attempts.get(2).get("output").get("text").asText()).isEqualTo("final-output");
        restart();
        assertThat(run(task)).isEqualTo(before);
    }
}

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

    @Test
    void s40_selectionOrder() {
        clock(1);
        String last = submit(script("ok").priority(-2));
        clock(100);
        String lower = submit(script("ok").priority(1));
        String higher = submit(script("ok").priority(1));
        clock(200);
        String second = submit(script("ok").priority(5));
        clock(300);
        String third = submit(script("ok").priority(5));
        idle();
        assertThat(calls()).containsExactly(second, third, lower, higher, last);
    }

    @Test
    void s41_priorityEndToEnd() {
        List<Integer> priorities = List.of(0, 5, 9, 1, 7, 3);
        List<String> tasks = submitAll(priorities.stream()
                .map(priority -> script("ok").priority(priority))
                .toList());
        idle();
        assertThat(calls().stream().map(tasks::indexOf).map(priorities::get)).containsExactly(9, 7, 5, 3, 1, 0);
        for (int i = 0; i < tasks.size(); i++) {
            assertThat(run(tasks.get(i)).get("priority").asInt()).isEqualTo(priorities.get(i));
        }
        reset();
        List<String> equal = submitAll(
                priorities.stream().map(priority -> script("ok").priority(2)).toList());
        idle();
        assertThat(calls()).isEqualTo(equal);
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

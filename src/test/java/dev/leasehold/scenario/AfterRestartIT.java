package dev.leasehold.scenario;

import static dev.leasehold.scenario.TaskText.script;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.leasehold.server.Api;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A and C. What has ended stays as it is through a kill: one restart, far beyond every lease, for all that say so. */
class AfterRestartIT extends Scenarios {

    /** A task's only run before the kill and after it, and how often the handler was called for it in all. */
    private record Lasting(JsonNode before, JsonNode after, long calls) {}

    private static Api.Answer submitted;
    private static Lasting once;
    private static Lasting capOne;
    private static Lasting capThree;
    private static Lasting lineage;
    private static List<JsonNode> stats;

    @BeforeAll
    static void restartOnce() {
        reset();
        submitted = api().post("api/v1/tasks", script("ok").json());
        List<String> tasks = List.of(
                submitted.body().get("id").asText(),
                submit(script("retry:x")),
                submit(script("retry:x").attempts(3)),
                submit(script("retry:attempt 0 failed|retry:attempt 1 failed|ok:final-output")
                        .attempts(3)));
        assertThat(tasks.stream().map(Scenarios::state)).containsOnly("Scheduled");
        idle();
        List<JsonNode> before = tasks.stream().map(Scenarios::run).toList();
        JsonNode statsBefore = api().get("api/v1/stats").body();
        restart(5000);
        idle();
        List<Lasting> all = before.stream().map(AfterRestartIT::lasting).toList();
        once = all.get(0);
        capOne = all.get(1);
        capThree = all.get(2);
        lineage = all.get(3);
        stats = List.of(statsBefore, api().get("api/v1/stats").body());
    }

    private static Lasting lasting(JsonNode before) {
        String task = before.get("task_id").asText();
        return new Lasting(
                before, run(task), calls().stream().filter(task::equals).count());
    }

    private static List<String> of(Lasting lasting, String member) {
        return lasting.after().get("attempts").findValuesAsText(member);
    }

    private static void assertLasted(Lasting lasting, String state, int calls) {
        assertThat(lasting.after()).isEqualTo(lasting.before());
        assertThat(lasting.after().get("state").asText()).isEqualTo(state);
        assertThat(lasting.after().get("attempt_count").asInt()).isEqualTo(calls);
        assertThat(lasting.calls()).isEqualTo(calls);
    }

    @Test
    void s01_onceYieldsOneRunAlsoAfterRestart() {
        assertThat(submitted.body().get("runs_created").asInt()).isEqualTo(1);
        assertLasted(once, "Completed", 1);
        assertThat(String.join(">", once.after().get("state_history").findValuesAsText("to")))
                .isEqualTo("Scheduled>Ready>Leased>Running>Completed");
    }

    @Test
    void s04_capOneRetryableFailure() {
        assertLasted(capOne, "Failed", 1);
        assertThat(of(capOne, "result")).containsExactly("Failure");
        assertThat(of(capOne, "error")).containsExactly("x");
        assertThat(capOne.after().get("block_reason").asText()).isEqualTo("terminal");
    }

    @Test
    void s05_capThreeRetryableFailures() {
        assertLasted(capThree, "Failed", 3);
        assertThat(of(capThree, "result")).containsExactly("Failure", "Failure", "Failure");
        assertThat(Set.copyOf(of(capThree, "attempt_id"))).hasSize(3);
    }

    @Test
    void s10_lineageWithOutputAcrossRestart() {
        assertLasted(lineage, "Completed", 3);
        assertThat(of(lineage, "error")).containsExactly("attempt 0 failed", "attempt 1 failed", "null");
        JsonNode attempts = lineage.after().get("attempts");
        assertThat(attempts.get(0).has("output")).isFalse();
        assertThat(attempts.get(1).has("output")).isFalse();
        assertThat(attempts.get(2).get("output").get("text").asText()).isEqualTo("final-output");
    }

    @Test
    void s31_completedStaysCompleted() {
        assertLasted(once, "Completed", 1);
        assertThat(stats.get(1)).isEqualTo(stats.get(0));
    }
}

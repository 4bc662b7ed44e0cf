package dev.leasehold.scenario;

import static dev.leasehold.scenario.TaskText.script;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Scenarios once more, with the product's own timers and clock: what a tick does by hand happens by itself; one kill for all. */
@ByTimers
class RealTimeIT extends Scenarios {

    private static final Duration LIMIT = Duration.ofSeconds(30);

    /** A task's runs before the kill. */
    private record Killed(String task, List<JsonNode> runs) {
        static Killed of(String task) {
            return new Killed(task, Scenarios.runs(task));
        }
    }

    private static Killed repeated;
    private static Killed runningTwice;
    private static Killed runningOnce;
    private static Killed waiting;

    @BeforeAll
    static void killOnce() {
        String done = submit(script("ok").repeat(3, 1));
        await().atMost(LIMIT)
                .untilAsserted(() -> assertThat(texts(runs(done), "state")).containsOnly("Completed"));
        String twice = submit(script("block|ok").attempts(2));
        String once = submit(script("block|ok"));
        awaitState(twice, "Running");
        awaitState(once, "Running");
        String retried = submit(script("retry:x|ok").attempts(2).backoff(5));
        awaitState(retried, "RetryWait");
        repeated = Killed.of(done);
        runningTwice = Killed.of(twice);
        runningOnce = Killed.of(once);
        waiting = Killed.of(retried);
        restart();
    }

    @Test
    void s02_repeat() {
        assertThat(repeated.runs()).hasSize(3).allSatisfy(run -> {
            JsonNode attempt = run.get("attempts").get(0);
            assertThat(attempt.get("started_at").asDouble())
                    .isGreaterThanOrEqualTo(run.get("scheduled_at").asDouble());
        });
        assertThat(runs(repeated.task())).isEqualTo(repeated.runs());
        assertThat(callsOf(repeated.task())).hasSize(3);
    }

    @Test
    void s29_runningAtACrashIsRecoveredWithoutHelp() {
        assertThat(texts(runningTwice.runs(), "state")).containsExactly("Running");
        assertThat(texts(runningOnce.runs(), "state")).containsExactly("Running");
        awaitState(runningTwice.task(), "Completed");
        awaitState(runningOnce.task(), "Failed");
        JsonNode after = run(runningTwice.task());
        assertThat(after.get("run_id")).isEqualTo(runningTwice.runs().get(0).get("run_id"));
        assertThat(results(runningTwice.task())).containsExactly("Failure", "Success");
        assertThat(after.get("attempts").get(0).get("error").asText())
                .startsWith("lease expired: ")
                .endsWith(" stopped answering");
        assertThat(Set.copyOf(after.get("attempts").findValuesAsText("attempt_id")))
                .hasSize(2);
    }

    @Test
    void s32_retryWaitSurvivesACrash() {
        JsonNode before = waiting.runs().get(0);
        assertThat(before.get("state").asText()).isEqualTo("RetryWait");
        awaitState(waiting.task(), "Completed");
        JsonNode after = run(waiting.task());
        assertThat(after.get("run_id")).isEqualTo(before.get("run_id"));
        assertThat(results(waiting.task())).containsExactly("Failure", "Success");
        assertThat(after.get("attempts").get(0))
                .isEqualTo(before.get("attempts").get(0));
        assertThat(after.get("attempts").get(1).get("started_at").asDouble())
                .isGreaterThanOrEqualTo(before.get("next_attempt_at").asDouble());
    }

    @Test
    void s59_cancelOfAnInFlightRunIsSafe() {
        String task = submit(script("block,ok"));
        await().atMost(LIMIT).until(() -> callsOf(task).size() == 1);
        assertThat(order("runs/" + runId(task) + "/cancel").get("status").asText())
                .isEqualTo("canceled");
        ControlIT.awaitStopped(task, Duration.ofMillis(250));
        String next = submit(script("ok"));
        awaitState(next, "Completed");
        JsonNode after = run(task);
        assertThat(after.get("state").asText()).isEqualTo("Canceled");
        assertThat(after.get("attempts").get(0).get("result").isNull()).isTrue();
    }

    private static void awaitState(String task, String state) {
        await().atMost(LIMIT).until(() -> state(task).equals(state));
    }

    private static List<String> callsOf(String task) {
        return calls().stream().filter(task::equals).toList();
    }
}

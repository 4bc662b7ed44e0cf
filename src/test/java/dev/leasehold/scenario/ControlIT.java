package dev.leasehold.scenario;

import static dev.leasehold.scenario.TaskText.script;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** E. Control: cancel and pause. */
class ControlIT extends Scenarios {

    @Test
    void s56_cancelFromEveryLiveState() {
        for (String state : Steps.STATES.subList(0, 6)) {
            String run = Steps.in(state);
            clock(1001);
            JsonNode answer = order("runs/" + run + "/cancel");
            assertThat(answer.get("run_id").asText()).isEqualTo(run);
            assertThat(answer.get("status").asText()).isEqualTo("canceled");
            JsonNode canceled = byId(run);
            assertThat(canceled.get("state").asText()).isEqualTo("Canceled");
            assertThat(canceled.get("block_reason").asText()).isEqualTo("terminal");
            if (state.equals("Running")) {
                JsonNode attempt = canceled.get("attempts").get(0);
                assertThat(attempt.get("finished_at").asLong()).isEqualTo(1001);
                assertThat(attempt.get("result").isNull()).isTrue();
                assertThat(attempt.get("error").asText()).startsWith("canceled");
            }
            for (String next : Steps.STATES) {
                refused(
                        Steps.move(run, "Canceled", next),
                        "mutation rejected for run " + run + ": invalid transition Canceled -> " + next);
            }
            assertThat(order("runs/" + run + "/cancel").get("status").asText()).isEqualTo("already_canceled");
            assertThat(byId(run)).isEqualTo(canceled);
        }
    }

    @Test
    void s58_taskCancelCounts() {
        String task = submit(script("ok").repeat(2, 10));
        idle();
        clock(1010);
        tick("promote");
        assertThat(texts(runs(task), "state")).containsExactly("Completed", "Ready");
        clock(900);
        counted(task, "canceled", 1, 1);
        counted(task, "already_canceled", 0, 2);
        assertThat(texts(runs(task), "state")).containsExactly("Completed", "Canceled");
        JsonNode history = runs(task).get(1).get("state_history");
        assertThat(history.get(history.size() - 1).get("timestamp").asLong()).isEqualTo(1010);
    }

    private static void counted(String task, String status, int canceled, int terminal) {
        JsonNode answer = order("tasks/" + task + "/cancel");
        assertThat(answer.get("task_id").asText()).isEqualTo(task);
        assertThat(answer.get("status").asText()).isEqualTo(status);
        assertThat(answer.get("runs_canceled").asInt()).isEqualTo(canceled);
        assertThat(answer.get("runs_already_terminal").asInt()).isEqualTo(terminal);
        assertThat(answer.get("runs_total").asInt()).isEqualTo(2);
    }

    @Test
    void s59_cancelOfAnInFlightRunIsSafe() {
        String task = submit(script("block,ok"));
        idle();
        assertThat(state(task)).isEqualTo("Running");
        assertThat(order("runs/" + runId(task) + "/cancel").get("status").asText())
                .isEqualTo("canceled");
        awaitStopped(task, Duration.ofMillis(250));
        tick();
        JsonNode after = run(task);
        assertThat(after.get("state").asText()).isEqualTo("Canceled");
        JsonNode attempt = after.get("attempts").get(0);
        assertThat(attempt.get("finished_at").isNull()).isFalse();
        assertThat(attempt.get("result").isNull()).isTrue();
        String next = submit(script("ok"));
        idle();
        assertThat(state(next)).isEqualTo("Completed");
        assertThat(run(task)).isEqualTo(after);
    }

    /** Until the task's handler has seen that it should stop. */
    static void awaitStopped(String task, Duration limit) {
        await().atMost(limit)
                .pollInterval(Duration.ofMillis(10))
                .until(() -> callsInFull().stream()
                        .anyMatch(
                                call -> call.get("task_id").asText().equals(task) && call.has("stop_seen_after_secs")));
    }

    @Test
    void s61_pauseLetsRunningWorkFinish() {
        String task = submit(script("block,ok"));
        tick();
        assertThat(order("engine/pause").get("status").asText()).isEqualTo("paused");
        String other = submit(script("ok"));
        clock(1200);
        assertThat(tick().get("engine_paused").asBoolean()).isTrue();
        assertThat(run(task).get("lease").get("expiry").asLong()).isEqualTo(1500);
        release();
        JsonNode pass = tick();
        assertThat(pass.get("engine_paused").asBoolean()).isTrue();
        assertThat(pass.get("dispatched").asInt()).isZero();
        assertThat(state(task)).isEqualTo("Completed");
        assertThat(results(task)).containsExactly("Success");
        assertThat(state(other)).isEqualTo("Scheduled");
        assertThat(calls()).isEqualTo(List.of(task));
    }
}

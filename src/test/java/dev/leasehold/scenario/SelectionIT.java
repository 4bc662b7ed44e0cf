package dev.leasehold.scenario;

import static dev.leasehold.scenario.TaskText.script;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import org.junit.jupiter.api.Test;

/** D. Promotion and selection: what becomes ready when, and what is done first. */
class SelectionIT extends Scenarios {

    @Test
    void s37_misfireEverythingOverdueInOnePass() {
        String task = submit(script("ok").repeat(5, 1));
        configure("{\"concurrency\":5}");
        clock(1010);
        assertThat(tick().get("promoted_scheduled").asInt()).isEqualTo(5);
        assertThat(texts(runs(task), "state")).doesNotContain("Scheduled");
        idle();
        assertThat(texts(runs(task), "state")).hasSize(5).containsOnly("Completed");
    }

    @Test
    void s38_misfireOnlyWhatIsDue() {
        String task = submit(script("ok").repeat(5, 10));
        clock(1025);
        assertThat(tick().get("promoted_scheduled").asInt()).isEqualTo(3);
        List<JsonNode> waiting = runs(task).stream()
                .filter(run -> run.get("state").asText().equals("Scheduled"))
                .toList();
        assertThat(texts(waiting, "scheduled_at")).containsExactly("1030", "1040");
        assertThat(texts(waiting, "block_reason")).containsOnly("scheduled");
        clock(1030);
        assertThat(tick().get("promoted_scheduled").asInt()).isEqualTo(1);
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
        assertThat(order("engine/pause").get("status").asText()).isEqualTo("paused");
        List<String> tasks = submitAll(priorities.stream()
                .map(priority -> script("ok").priority(priority))
                .toList());
        assertThat(idle().get("dispatched").asInt()).isZero();
        assertThat(calls()).isEmpty();
        assertThat(order("engine/resume").get("status").asText()).isEqualTo("resumed");
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
}

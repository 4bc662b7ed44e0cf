package dev.leasehold.scenario;

import static dev.leasehold.scenario.TaskText.script;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** G. Cron tasks. */
class CronIT extends Scenarios {

    @Test
    void s76_anUnboundedOneSurvivesARestart() {
        String task = submit(script("ok").cron("* * * * * *"));
        List<JsonNode> before = runs(task);
        assertThat(texts(before, "state")).hasSize(5).containsOnly("Scheduled");
        assertThat(texts(before, "scheduled_at")).containsExactly("1000", "1001", "1002", "1003", "1004");

        restart();

        JsonNode shown = api().get("api/v1/tasks/" + task).body();
        assertThat(shown.get("run_policy")).hasToString("{\"Cron\":{\"expression\":\"* * * * * *\"}}");
        assertThat(shown.get("status").asText()).isEqualTo("active");
        assertThat(shown.get("next_instant").asLong()).isEqualTo(1000);
        assertThat(runs(task)).isEqualTo(before);
        clock(1003);
        idle();
        List<String> states = texts(runs(task), "state");
        assertThat(states.subList(0, 4)).containsOnly("Completed");
        assertThat(states.subList(4, states.size())).hasSize(5).containsOnly("Scheduled");
    }

    @Test
    void s77_aCanceledOneGetsNoFurtherRun() {
        String task = submit(script("ok").cron("* * * * * *"));
        clock(1001);
        idle();
        assertThat(texts(runs(task), "state").stream().filter("Completed"::equals))
                .hasSize(2);

        order("tasks/" + task + "/cancel");

        List<JsonNode> canceled = runs(task);
        assertThat(texts(canceled, "state")).containsOnly("Completed", "Canceled");
        for (int now = 1005; now <= 1100; now += 5) {
            clock(now);
            tick();
        }
        assertThat(runs(task)).isEqualTo(canceled);
        restart(1100);
        assertThat(tick("derive").get("components").get("derive").asInt()).isZero();
        idle();
        assertThat(runs(task)).isEqualTo(canceled);
        assertThat(Set.copyOf(calls())).containsExactly(task);
    }
}

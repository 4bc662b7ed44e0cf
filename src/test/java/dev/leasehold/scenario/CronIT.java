package dev.leasehold.scenario;

import static dev.leasehold.scenario.TaskText.script;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** G. Cron tasks, through one restart for both scenarios. */
class CronIT extends Scenarios {

    /** What was seen of a task's runs before the restart, after it, and once time went on. */
    private record Seen(List<JsonNode> before, List<JsonNode> after, List<JsonNode> later) {}

    private static Seen unbounded;
    private static Seen canceled;
    private static JsonNode shown;

    @BeforeAll
    static void restartOnce() {
        reset();
        String lasting = submit(script("ok").cron("* * * * * *").at(2000));
        String task = submit(script("ok").cron("* * * * * *"));
        assertThat(texts(runs(task), "scheduled_at")).containsExactly("1000", "1001", "1002", "1003", "1004");
        clock(1001);
        idle();
        order("tasks/" + task + "/cancel");
        List<JsonNode> atOnce = runs(task);
        for (int now = 1005; now <= 1100; now += 5) {
            clock(now);
            tick();
        }
        List<JsonNode> before = runs(lasting);
        restart(1100);
        idle();
        List<JsonNode> after = runs(lasting);
        shown = api().get("api/v1/tasks/" + lasting).body();
        List<JsonNode> afterCancel = runs(task);
        clock(2003);
        idle();
        canceled = new Seen(atOnce, afterCancel, runs(task));
        unbounded = new Seen(before, after, runs(lasting));
    }

    @Test
    void s76_anUnboundedOneSurvivesARestart() {
        assertThat(texts(unbounded.before(), "state")).hasSize(5).containsOnly("Scheduled");
        assertThat(unbounded.after()).isEqualTo(unbounded.before());
        assertThat(shown.get("run_policy")).hasToString("{\"Cron\":{\"expression\":\"* * * * * *\"}}");
        assertThat(shown.get("status").asText()).isEqualTo("active");
        assertThat(shown.get("next_instant").asLong()).isEqualTo(2000);
        List<String> states = texts(unbounded.later(), "state");
        assertThat(states.subList(0, 4)).containsOnly("Completed");
        assertThat(states.subList(4, states.size())).hasSize(5).containsOnly("Scheduled");
    }

    @Test
    void s77_aCanceledOneGetsNoFurtherRun() {
        List<String> states = texts(canceled.before(), "state");
        assertThat(states).containsOnly("Completed", "Canceled");
        assertThat(states.stream().filter("Completed"::equals)).hasSize(2);
        assertThat(canceled.after()).isEqualTo(canceled.before());
        assertThat(canceled.later()).isEqualTo(canceled.before());
    }
}

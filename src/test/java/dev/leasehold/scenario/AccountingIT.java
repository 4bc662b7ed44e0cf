package dev.leasehold.scenario;

import static dev.leasehold.scenario.TaskText.script;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.leasehold.server.Api;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A. Accounting; what a restart has to do with it stands in {@link AfterRestartIT}. */
class AccountingIT extends Scenarios {

    private static final String SUCCESSFUL = "Scheduled>Ready>Leased>Running>Completed";

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
}

package dev.leasehold.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.leasehold.server.Api;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What is carried out now, and where. */
class RegistryIT extends Scenarios {

    @Test
    void s52_theRegistryIsKeyedByTaskAndRun() {
        configure("{\"concurrency\":2}");
        clock(1000);
        String task = submit(TaskText.script("block").repeat(2, 1));
        clock(1001);
        idle();
        List<String> runs = texts(runs(task), "run_id");
        JsonNode before = entries();

        runs.forEach(run -> {
            resident(entry(task, run).body());
        });
        assertThat(before.findValuesAsText("run_id")).containsExactlyElementsOf(runs);
        absent(task, UUID.randomUUID().toString());
        absent(UUID.randomUUID().toString(), runs.get(0));
        agrees(2);

        order("runs/" + runs.get(0) + "/cancel");
        idle();
        absent(task, runs.get(0));
        assertThat(entries().findValuesAsText("run_id")).containsExactly(runs.get(1));
        agrees(1);
        release();
        idle();
        assertThat(entries()).isEmpty();
    }

    private static void resident(JsonNode entry) {
        assertThat(entry.path("residency").asText()).as(entry.toString()).isEqualTo("resident");
        assertThat(entry.get("status").asText()).isEqualTo("Running");
        assertThat(entry.get("fence").asInt()).isOne();
        assertThat(entry.get("since_at").asInt()).isEqualTo(1001);
    }

    private static void agrees(int checked) {
        JsonNode report = order("registry/reconcile");
        assertThat(report.get("checked").asInt()).isEqualTo(checked);
        assertThat(report.get("drift")).isEmpty();
        assertThat(report.get("asked").asInt()).isZero();
        assertThat(tick("registry")).isNotNull();
        JsonNode total = api().get("api/v1/registry/drift").body();
        assertThat(total.get("checked").asInt()).isGreaterThanOrEqualTo(checked);
        assertThat(total.get("corrected").asInt()).isZero();
    }

    private static JsonNode entries() {
        return api().get("api/v1/registry").body().get("entries");
    }

    private static Api.Answer entry(String task, String run) {
        return api().get("api/v1/registry/" + task + "/" + run);
    }

    private static void absent(String task, String run) {
        Api.Answer answer = entry(task, run);
        assertThat(answer.status()).isEqualTo(404);
        assertThat(answer.raw().body())
                .isEqualTo(
                        "{\"error\":\"run_not_active\",\"message\":\"run not in the registry\",\"details\":{\"run_id\":\""
                                + run + "\"}}");
    }
}

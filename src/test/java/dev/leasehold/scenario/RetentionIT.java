package dev.leasehold.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.leasehold.server.Api;
import org.junit.jupiter.api.Test;

/** What ended long ago goes, whole; who reads on from before is told. */
@Unnumbered
class RetentionIT extends Scenarios {

    private static final long DAY = 86_400;

    @Test
    void aRunGoesThirtyDaysAfterItEnded() {
        configure("{\"leasehold.retention-days\": \"30\"}");
        clock(1000);
        String task = submit(TaskText.script("ok"));
        idle();
        String run = runId(task);
        String place = api().get("api/v1/events?limit=1").body().get("next").asText();
        String end = api().get("api/v1/events").body().get("next").asText();
        String waiting = submit(TaskText.script("ok").at(1000 + 90 * DAY));

        clock(1000 + 30 * DAY);
        tick("retention");
        assertThat(state(task)).isEqualTo("Completed");
        clock(1001 + 30 * DAY);
        tick("retention");
        assertThat(api().get("api/v1/runs/" + run).status()).isEqualTo(404);
        assertThat(api().get("api/v1/runs/" + run + "/events").status()).isEqualTo(404);
        assertThat(api().get("api/v1/tasks/" + task).status()).isEqualTo(404);
        assertThat(run(waiting).get("state").asText()).isEqualTo("Scheduled");
        assertThat(api().get("api/v1/stats").body().get("total_runs").asInt()).isOne();

        isTold(place, end, waiting);
    }

    private static void isTold(String place, String end, String waiting) {
        Api.Answer expired = api().get("api/v1/events?after=" + place);
        assertThat(expired.status()).isEqualTo(410);
        assertThat(expired.body().get("error").asText()).isEqualTo("cursor_expired");
        String oldest = expired.body().get("details").get("oldest").asText();
        assertThat(oldest).isEqualTo(end);
        JsonNode kept = api().get("api/v1/events?after=" + oldest).body().get("events");
        assertThat(kept).isEqualTo(api().get("api/v1/events").body().get("events"));
        assertThat(kept.get(0).get("task_id").asText()).isEqualTo(waiting);
        assertThat(api().get("api/v1/events/stream?after=" + place).status()).isEqualTo(410);
    }

    @Test
    void noDaysAreForEver() {
        configure("{\"leasehold.retention-days\": \"0\"}");
        clock(1000);
        String task = submit(TaskText.script("ok"));
        idle();

        clock(1000 + 36_500 * DAY);
        tick("retention");

        assertThat(state(task)).isEqualTo("Completed");
    }
}

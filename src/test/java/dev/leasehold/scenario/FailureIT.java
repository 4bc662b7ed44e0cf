package dev.leasehold.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.leasehold.server.Api;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What failed by what caused it; the papers have no number for that. */
@Unnumbered
class FailureIT extends Scenarios {

    @Test
    void aCausesRunsAreDoneAgainUntilNothingIsLeft() {
        List<String> runs = failed(4);
        JsonNode failure = only();
        assertThat(failure.get("count").asInt()).isEqualTo(4);
        assertThat(failure.get("rate_per_hour").asInt()).isEqualTo(4);
        assertThat(failure.get("rerun").isNull()).isTrue();
        assertThat(failure.at("/newest/run_id").asText()).isIn(runs);
        String path = "api/v1/failures/" + failure.get("fingerprint").asText();

        Api.Answer begun = api().post(path + "/rerun", "{\"reason\":\"mended\"}");

        assertThat(begun.status()).as(begun.raw().body()).isEqualTo(202);
        assertThat(begun.body().get("status").asText()).isEqualTo("running");
        assertThat(api().post(path + "/rerun", "").status()).isEqualTo(409);
        for (int batch : List.of(1, 2, 1)) {
            assertThat(begunByATick()).isEqualTo(batch);
            assertThat(begunByATick()).isZero();
            assertThat(api().get(path).body().at("/rerun/reason").asText()).isEqualTo("mended");
            reruns(runs).forEach(rerun -> Steps.bring(rerun, "Completed"));
        }
        assertThat(begunByATick()).isZero();
        assertThat(api().get(path).status()).isEqualTo(404);
        assertThat(api().get("api/v1/failures").body().toString())
                .isEqualTo("{\"failures\":[],\"count\":0,\"limit\":100}");
        assertThat(reruns(runs)).isEmpty();
    }

    @Test
    void aRunThatFailsAgainIsTheLast() {
        List<String> runs = failed(3);
        String path = "api/v1/failures/" + only().get("fingerprint").asText();
        assertThat(api().post(path + "/rerun", "").status()).isEqualTo(202);
        assertThat(begunByATick()).isEqualTo(1);
        Steps.bring(reruns(runs).get(0), "Failed");

        assertThat(begunByATick()).isZero();

        JsonNode rerun = api().get(path).body().get("rerun");
        assertThat(rerun.get("status").asText()).isEqualTo("stopped");
        assertThat(rerun.get("failed").asInt()).isEqualTo(1);
        assertThat(rerun.get("reruns").asInt()).isEqualTo(1);
        assertThat(only().get("count").asInt()).isEqualTo(3);
        clock(10_000);
        assertThat(only().get("rate_per_hour").asInt()).isZero();
        assertThat(api().post(path + "/rerun", "").status()).isEqualTo(202);
    }

    @Test
    void whatIsUnknownOrMalformed() {
        String none = "api/v1/failures/0123456789abcdef";
        for (Api.Answer answer :
                List.of(api().get(none), api().post(none + "/rerun", ""), api().get("api/v1/failures/x"))) {
            assertThat(answer.status()).isEqualTo(404);
            assertThat(answer.body().get("error").asText()).isEqualTo("failure_not_found");
        }
        assertThat(api().get("api/v1/failures?limit=0").status()).isEqualTo(422);
        assertThat(api().post(none + "/rerun", "{\"why\":\"x\"}").status()).isEqualTo(422);
    }

    private static List<String> failed(int many) {
        List<String> runs = new ArrayList<>();
        for (int i = 0; i < many; i++) {
            runs.add(Steps.in("Failed"));
        }
        return runs;
    }

    private static JsonNode only() {
        JsonNode failures = api().get("api/v1/failures").body().get("failures");
        assertThat(failures).hasSize(1);
        return failures.get(0);
    }

    private static int begunByATick() {
        return tick("dead_letters").get("components").get("dead_letters").asInt();
    }

    /** The re-runs of those runs that have not ended. */
    private static List<String> reruns(List<String> runs) {
        List<String> found = new ArrayList<>();
        for (JsonNode run : api().get("api/v1/runs?limit=1000").body().get("runs")) {
            String id = run.get("run_id").asText();
            if (!runs.contains(id) && run.get("state").asText().equals("Scheduled")) {
                found.add(id);
            }
        }
        return found;
    }
}

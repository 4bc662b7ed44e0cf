package dev.leasehold.scenario;

import static dev.leasehold.scenario.TaskText.script;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.leasehold.database.Race;
import dev.leasehold.server.Api;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Dead letters and re-runs, by the numbers of the paper on operations. */
class DeadLetterIT extends Scenarios {

    private static final List<Integer> DUE = List.of(1000, 1002, 1006, 1014, 1030);
    private static final List<Integer> BACKOFF = List.of(2, 4, 8, 16, 32);

    private static JsonNode letter(String run) {
        Api.Answer answer = api().get("api/v1/dead-letters/dead-letter-" + run);
        accepted(answer);
        return answer.body();
    }

    private static String status(String run) {
        return letter(run).get("status").asText();
    }

    private static Api.Answer decide(String run, String verb) {
        return api().post("api/v1/dead-letters/dead-letter-" + run + "/" + verb, "{\"reason\":\"try\"}");
    }

    private static void retry(String run) {
        Api.Answer answer = decide(run, "retry");
        assertThat(answer.status()).as(answer.raw().body()).isEqualTo(202);
        assertThat(answer.body().get("status").asText()).isEqualTo("retry_requested");
    }

    private static int dispatched() {
        return tick("dead_letters").get("components").get("dead_letters").asInt();
    }

    private static String retryOf(String run) {
        return letter(run).get("retry_run_id").asText();
    }

    private static int count(String query) {
        return api().get("api/v1/dead-letters?" + query).body().get("count").asInt();
    }

    @Test
    void s25_governedRetrySchedule() {
        String run = runId(submit(script("retry:no").attempts(1)));
        idle();
        retry(run);
        for (int k = 1; k <= DUE.size(); k++) {
            int due = DUE.get(k - 1);
            if (k > 1) {
                kit("clock", "{\"now\":" + (due - 1) + ".999}");
                assertThat(dispatched()).isZero();
                clock(due);
            }
            assertThat(dispatched()).isEqualTo(1);
            JsonNode letter = letter(run);
            assertThat(letter.get("status").asText()).isEqualTo("retrying");
            assertThat(letter.get("retry_dispatch_count").asInt()).isEqualTo(k);
            assertThat(letter.get("retry_backoff_secs").asInt()).isEqualTo(BACKOFF.get(k - 1));
            assertThat(letter.get("retry_dispatched_at").asInt()).isEqualTo(due);
            idle();
            assertThat(byId(retryOf(run)).get("state").asText()).isEqualTo("Failed");
            assertThat(byId(retryOf(run)).get("rerun_of").asText()).isEqualTo(run);
            assertThat(letter(run).get("attempts").asInt()).isEqualTo(1 + k);
        }
        assertThat(status(run)).isEqualTo("exhausted");
        assertThat(count("status=exhausted")).isEqualTo(1);
        clock(9000);
        assertThat(dispatched()).isZero();
        assertThat(count("limit=10")).isEqualTo(1);
    }

    @Test
    void s29_successResolves() {
        String run = Steps.in("Failed");
        retry(run);
        assertThat(dispatched()).isEqualTo(1);

        Steps.bring(retryOf(run), "Completed");

        JsonNode letter = letter(run);
        assertThat(letter.get("status").asText()).isEqualTo("resolved");
        assertThat(letter.get("operator_disposition").asText()).isEqualTo("retry_succeeded");
        assertThat(byId(retryOf(run)).get("state").asText()).isEqualTo("Completed");
    }

    @Test
    void s08_aLaterSuccessSettlesTheFailure() {
        String run = Steps.in("Failed");
        assertThat(status(run)).isEqualTo("open");

        Api.Answer rerun = api().post("api/v1/runs/" + run + "/rerun", "{}");
        assertThat(rerun.status()).isEqualTo(201);
        Steps.bring(rerun.body().get("run_id").asText(), "Completed");

        assertThat(status(run)).isEqualTo("resolved");
        assertThat(letter(run).get("operator_disposition").asText()).isEqualTo("rerun_succeeded");
        assertThat(count("status=open")).isZero();
    }

    @Test
    void s58_ofEightReopeningsOneWins() {
        String run = Steps.in("Failed");

        List<Api.Answer> answers = Race.of(8, number -> api().post("api/v1/runs/" + run + "/rerun", "{}"));

        assertThat(answers.stream().map(Api.Answer::status)).containsOnlyOnce(201);
        assertThat(answers.stream().filter(answer -> answer.status() == 409))
                .hasSize(7)
                .allMatch(answer -> answer.body().get("error").asText().equals("already_rerun"));
        retry(run);
        dispatched();
        assertThat(status(run)).isEqualTo("retry_requested");
        assertThat(byId(run).get("state").asText()).isEqualTo("Failed");
    }

    @Test
    void s31_whatIsSettledIsRefusedAndUnknownIsNotFound() {
        String run = Steps.in("Failed");
        assertThat(decide(run, "ignore").body().get("status").asText()).isEqualTo("ignored");
        for (String verb : List.of("retry", "ignore", "resolve")) {
            Api.Answer answer = decide(run, verb);
            assertThat(answer.status()).isEqualTo(409);
            assertThat(answer.body().get("error").asText()).isEqualTo("invalid_state");
        }
        String other = Steps.in("Failed");
        assertThat(decide(other, "resolve").body().get("status").asText()).isEqualTo("resolved");
        assertThat(letter(other).get("disposition_reason").asText()).isEqualTo("try");
        assertThat(count("status=ignored")).isEqualTo(1);
        assertThat(count("run_id=" + other)).isEqualTo(1);
        JsonNode page = api().get("api/v1/dead-letters?limit=1").body();
        assertThat(page.get("next").asText()).isEqualTo("dead-letter-" + run);
        JsonNode last = api().get("api/v1/dead-letters?limit=2&after=dead-letter-" + run)
                .body();
        assertThat(last.get("dead_letters").findValuesAsText("run_id")).containsExactly(other);
        assertThat(last.has("next")).isFalse();
        refusedWith(404, "dead_letter_not_found", api().get("api/v1/dead-letters/none"));
        refusedWith(404, "dead_letter_not_found", decide(other + "x", "retry"));
        refusedWith(422, "invalid_request", api().get("api/v1/dead-letters?status=dead"));
        refusedWith(422, "invalid_pagination", api().get("api/v1/dead-letters?after=none"));
        refusedWith(422, "invalid_pagination", api().get("api/v1/dead-letters?limit=0"));
    }

    private static void refusedWith(int status, String error, Api.Answer answer) {
        assertThat(answer.status()).as(answer.raw().body()).isEqualTo(status);
        assertThat(answer.body().get("error").asText()).isEqualTo(error);
    }
}

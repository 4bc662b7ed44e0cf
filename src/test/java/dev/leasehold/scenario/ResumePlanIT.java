package dev.leasehold.scenario;

import static dev.leasehold.scenario.TaskText.script;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.leasehold.database.Race;
import dev.leasehold.server.Api;
import java.net.http.HttpRequest;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What an operator may choose for a run, and does, by the numbers of the paper on operations. */
class ResumePlanIT extends Scenarios {

    @Test
    void s28_aChoiceIsMadeOnceHoweverOftenItIsSent() {
        String run = Steps.in("Failed");
        assertThat(choices(run)).isEqualTo("resume_from_checkpoint retry_failed_effect abandon_with_audit");
        String retry = "{\"choice\":\"retry_failed_effect\",\"reason\":\"try\"}";

        List<Api.Answer> answers = Race.of(4, number -> choose(run, retry, "k1"));

        assertThat(answers).allSatisfy(answer -> {
            accepted(answer);
            assertThat(answer.raw().body()).isEqualTo(answers.get(0).raw().body());
        });
        JsonNode done = answers.get(0).body();
        assertThat(done.get("execution_mode").asText()).isEqualTo("automatic_retry_dispatch");
        assertThat(done.get("automatic_dispatch").asBoolean()).isTrue();
        assertThat(done.get("recorded").asBoolean()).isTrue();
        assertThat(done.get("disposition").asText()).isEqualTo("retry_requested");
        assertThat(noted(run)).hasSize(1);
        JsonNode note = noted(run).get(0);
        assertThat(note.get("seq").asInt()).isEqualTo(done.get("event_seq").asInt());
        assertThat(note.get("data").toString())
                .contains("\"recovery_choice\":\"retry_failed_effect\"", "\"reason\":\"try\"");
        refusedWith(409, "idempotency_conflict", choose(run, "{\"choice\":\"abandon_with_audit\"}", "k1"));
        assertThat(letter(run)).isEqualTo("retry_requested");
        assertThat(choices(run)).isEqualTo("resume_from_checkpoint abandon_with_audit");
    }

    @Test
    void s28_aLetterOfAnotherRunIsRefusedAndNothingChanges() {
        String run = Steps.in("Failed");
        String other = Steps.in("Failed");
        String body = "{\"choice\":\"retry_dead_letter\",\"dead_letter_id\":\"dead-letter-" + other + "\"}";

        refusedWith(422, "invalid_request", choose(run, body, "k1"));

        assertThat(letter(run)).isEqualTo("open");
        assertThat(letter(other)).isEqualTo("open");
        assertThat(noted(run)).isEmpty();
        refusedWith(404, "dead_letter_not_found", choose(run, body.replace("dead-letter-", "no"), "k2"));
        accepted(choose(other, body, "k3"));
        assertThat(letter(other)).isEqualTo("retry_requested");
        assertThat(letter(run)).isEqualTo("open");
    }

    @Test
    void s28_whatIsAbandonedIsIgnoredAndNoted() {
        String run = Steps.in("Failed");

        JsonNode done = chosen(run, "abandon_with_audit");

        assertThat(done.get("disposition").asText()).isEqualTo("ignored");
        assertThat(done.get("dispatched").asBoolean()).isFalse();
        assertThat(letter(run)).isEqualTo("ignored");
        refusedWith(409, "invalid_state", choose(run, "{\"choice\":\"abandon_with_audit\"}", "again"));
        assertThat(noted(run)).hasSize(1);
        assertThat(choices(run)).isEqualTo("resume_from_checkpoint");
    }

    @Test
    void s28_whatIsResumedGoesOnFromWhereItStands() {
        String suspended = Steps.in("Suspended");
        assertThat(point(suspended)).isEqualTo("POST /api/v1/runs/" + suspended + "/resume");
        assertThat(chosen(suspended, "resume_from_checkpoint")
                        .get("disposition")
                        .asText())
                .isEqualTo("resumed");
        assertThat(byId(suspended).get("state").asText()).isEqualTo("Ready");

        order("runs/" + suspended + "/hold");
        assertThat(point(suspended)).endsWith("/unhold");
        assertThat(chosen(suspended, "resume_from_checkpoint")
                        .get("disposition")
                        .asText())
                .isEqualTo("unheld");
        assertThat(choices(suspended)).isEmpty();
        refusedWith(409, "invalid_state", choose(suspended, "{\"choice\":\"resume_from_checkpoint\"}", "k"));

        String waiting = Steps.in("RetryWait");
        assertThat(point(waiting)).endsWith("/run-now");
        assertThat(chosen(waiting, "resume_from_checkpoint").get("disposition").asText())
                .isEqualTo("promoted");
        assertThat(byId(waiting).get("state").asText()).isEqualTo("Ready");
    }

    @Test
    void s28_aFailedRunIsRunAgain() {
        String run = Steps.in("Failed");
        assertThat(point(run)).endsWith("/rerun");

        JsonNode done = chosen(run, "resume_from_checkpoint");

        assertThat(done.get("disposition").asText()).isEqualTo("rerun");
        String rerun = done.get("rerun").asText();
        assertThat(byId(rerun).get("rerun_of").asText()).isEqualTo(run);
        assertThat(plan(run).get("safe_resume_points")).isEmpty();
        refusedWith(409, "already_rerun", choose(run, "{\"choice\":\"resume_from_checkpoint\"}", "k"));
        assertThat(noted(run)).hasSize(1);
        Steps.bring(rerun, "Completed");
        assertThat(letter(run)).isEqualTo("resolved");
    }

    @Test
    void s04_whatThereIsToChooseOfARunThatWaitsForNobody() {
        String run = runId(submit(script("ok")));

        JsonNode plan = plan(run);

        assertThat(plan.get("plan_id").asText()).isEqualTo("resume-plan-" + run);
        assertThat(plan.get("run_status").asText()).isEqualTo("queued");
        assertThat(plan.at("/run/run_id").asText()).isEqualTo(run);
        assertThat(plan.get("last_failure").isNull()).isTrue();
        for (String list : List.of("completed_nodes", "uncertain_effects", "pending_compensations", "dead_letters")) {
            assertThat(plan.get(list)).as(list).isEmpty();
        }
        assertThat(plan.get("operator_choices")).hasSize(3);
        assertThat(choices(run)).isEmpty();
        assertThat(plan.at("/audit_summary/requires_operator_review").asBoolean())
                .isFalse();
        String failed = Steps.in("Failed");
        assertThat(plan(failed).get("last_failure").isTextual()).isTrue();
        assertThat(plan(failed).at("/dead_letters/0/run_id").asText()).isEqualTo(failed);
    }

    @Test
    void s04_whatIsUnknownOrMalformed() {
        String unknown = "00000000-0000-0000-0000-000000000001";
        refusedWith(404, "run_not_found", api().get("api/v1/runs/" + unknown + "/resume-plan"));
        refusedWith(404, "run_not_found", choose(unknown, "{\"choice\":\"abandon_with_audit\"}", "k"));
        String run = Steps.in("Failed");
        refusedWith(422, "invalid_request", choose(run, "{}", "k1"));
        refusedWith(422, "invalid_request", choose(run, "{\"choice\":\"compensate\"}", "k2"));
        String given = "{\"choice\":\"resume_from_checkpoint\",\"dead_letter_id\":\"d\"}";
        refusedWith(422, "invalid_request", choose(run, given, "k3"));
        assertThat(noted(run)).isEmpty();
    }

    private static JsonNode plan(String run) {
        Api.Answer answer = api().get("api/v1/runs/" + run + "/resume-plan");
        accepted(answer);
        return answer.body();
    }

    private static String point(String run) {
        JsonNode points = plan(run).get("safe_resume_points");
        assertThat(points).hasSize(1);
        assertThat(points.at("/0/kind").asText()).isEqualTo("run_boundary");
        return points.at("/0/call").asText();
    }

    private static String choices(String run) {
        StringBuilder enabled = new StringBuilder();
        plan(run).get("operator_choices").forEach(choice -> {
            if (choice.get("enabled").asBoolean()) {
                enabled.append(' ').append(choice.get("choice").asText());
            }
        });
        return enabled.toString().strip();
    }

    private static JsonNode chosen(String run, String choice) {
        Api.Answer answer =
                choose(run, "{\"choice\":\"" + choice + "\"}", UUID.randomUUID().toString());
        accepted(answer);
        return answer.body();
    }

    private static Api.Answer choose(String run, String body, String key) {
        return api().send(HttpRequest.newBuilder(api().at("api/v1/runs/" + run + "/resume-plan"))
                .header("Content-Type", "application/json")
                .header("Idempotency-Key", key)
                .POST(HttpRequest.BodyPublishers.ofString(body)));
    }

    private static String letter(String run) {
        return api().get("api/v1/dead-letters/dead-letter-" + run)
                .body()
                .get("status")
                .asText();
    }

    private static void refusedWith(int status, String error, Api.Answer answer) {
        assertThat(answer.status()).as(answer.raw().body()).isEqualTo(status);
        assertThat(answer.body().get("error").asText()).isEqualTo(error);
    }

    private static List<JsonNode> noted(String run) {
        JsonNode events =
                api().get("api/v1/runs/" + run + "/events?limit=100").body().get("events");
        return events.findParents("event_type").stream()
                .filter(event -> event.get("event_type").asText().equals("note.appended"))
                .toList();
    }
}

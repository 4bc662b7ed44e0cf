package dev.leasehold.scenario;

import static dev.leasehold.scenario.TaskText.script;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.leasehold.server.Api;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** B. State machine and mutations: what the command beans and the transition table refuse. */
class MutationIT extends Scenarios {

    private static final String NOBODY = "00000000-0000-7000-8000-00000000dead";

    /** A run with an open attempt that the caller holds in the name of w1, until 2000. */
    private static String running() {
        String task = leased();
        accepted(mutate("{'command':'AttemptStart','run_id':'" + runId(task) + "'}"));
        assertThat(state(task)).isEqualTo("Running");
        return task;
    }

    private static String leased() {
        String task = submit(script("ok"));
        tick("promote");
        accepted(acquire(runId(task)));
        assertThat(state(task)).isEqualTo("Leased");
        return task;
    }

    private static Api.Answer acquire(String run) {
        return mutate("{'command':'LeaseAcquire','run_id':'" + run + "','owner':'w1','expiry':2000}");
    }

    private static Api.Answer finish(String run, String attempt, String outcome) {
        return mutate(
                "{'command':'AttemptFinish','run_id':'" + run + "','attempt_id':'" + attempt + "'," + outcome + "}");
    }

    private static Api.Answer move(String run, String from, String to) {
        return mutate("{'run_id':'" + run + "','previous_state':'" + from + "','new_state':'" + to + "'}");
    }

    @Test
    void s13_secondFinishOfAnAttempt() {
        String task = running();
        String run = runId(task);
        String attempt = run(task).get("current_attempt_id").asText();
        accepted(finish(run, attempt, "'result':'Success'"));
        assertThat(state(task)).isEqualTo("Completed");
        refused(
                finish(run, attempt, "'result':'Failure','error':'x'"),
                "attempt-finish rejected for run " + run + ": no active attempt present");
    }

    @Test
    void s14_finishWithTheWrongAttemptId() {
        String task = running();
        JsonNode before = run(task);
        String other = UUID.randomUUID().toString();
        refused(
                finish(runId(task), other, "'result':'Success'"),
                "attempt-finish rejected for run " + runId(task) + ": attempt mismatch expected="
                        + before.get("current_attempt_id").asText() + " provided=" + other);
        assertThat(run(task)).isEqualTo(before);
    }

    @Test
    void s17_previousStateMustMatch() {
        String task = submit(script("ok"));
        String run = runId(task);
        accepted(move(run, "Scheduled", "Ready"));
        JsonNode before = run(task);
        refused(
                move(run, "Scheduled", "Ready"),
                "mutation rejected for run " + run + ": previous_state mismatch expected=Scheduled actual=Ready");
        refused(move(NOBODY, "Scheduled", "Ready"), "mutation rejected: unknown run " + NOBODY);
        assertThat(run(task)).isEqualTo(before);
    }

    @Test
    void s22_identifiersInPaths() {
        for (String noun : new String[] {"task", "run"}) {
            String path = "api/v1/" + noun + "s/";
            for (String id : new String[] {"not-a-uuid", "00000000-0000-0000-0000-000000000000"}) {
                Api.Answer answer = api().get(path + id);
                assertThat(answer.status()).isEqualTo(400);
                assertThat(answer.body())
                        .isEqualTo(problem("invalid_" + noun + "_id", "invalid " + noun + " id", noun, id));
            }
            Api.Answer unknown = api().get(path + NOBODY);
            assertThat(unknown.status()).isEqualTo(404);
            assertThat(unknown.body()).isEqualTo(problem(noun + "_not_found", noun + " not found", noun, NOBODY));
        }
    }

    private static JsonNode problem(String error, String message, String noun, String id) {
        return json("{'error':'" + error + "','message':'" + message + "','details':{'" + noun + "_id':'" + id + "'}}");
    }

    private static JsonNode json(String text) {
        try {
            return new ObjectMapper().readTree(text.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void s23_duplicatesAndUnknownsAtCreation() {
        String task = submit(script("ok"));
        String run = runId(task);
        refused(
                mutate("{'command':'TaskCreate','task_id':'" + task + "'}"),
                "mutation rejected: task " + task + " already exists");
        refused(
                mutate("{'command':'RunCreate','task_id':'" + NOBODY + "','run_id':'" + NOBODY + "'}"),
                "mutation rejected: unknown task " + NOBODY);
        refused(
                mutate("{'command':'RunCreate','task_id':'" + task + "','run_id':'" + run + "'}"),
                "mutation rejected: run " + run + " already exists");
        refused(
                mutate("{'command':'RunCreate','task_id':'" + task + "','run_id':'" + NOBODY + "','state':'Ready'}"),
                "mutation rejected for run " + NOBODY + ": run creation requires Scheduled state, got Ready");
        String nil = new UUID(0, 0).toString();
        refused(
                mutate("{'command':'TaskCreate','task_id':'" + nil + "'}"),
                "invalid task identifier for task admission: " + nil);
    }

    @Test
    void s25_acquireRules() {
        String task = submit(script("ok"));
        String run = runId(task);
        refused(acquire(run), "lease acquire rejected for run " + run + ": invalid state Scheduled");
        tick("promote");
        accepted(acquire(run));
        refused(acquire(run), "lease acquire rejected for run " + run + ": lease already active");
        refused(
                mutate("{'command':'LeaseAcquire','run_id':'" + run + "','owner':'w2','expiry':2000}"),
                "lease acquire rejected for run " + run + ": lease already active");
        accepted(mutate("{'command':'AttemptStart','run_id':'" + run + "'}"));
        accepted(finish(run, run(task).get("current_attempt_id").asText(), "'result':'success'"));
        refused(acquire(run), "lease acquire rejected for run " + run + ": invalid state Completed");
        refused(acquire(NOBODY), "lease acquire rejected: unknown run " + NOBODY);
    }

    @Test
    void s55_suspendedOutputIsKept() {
        String task = submit(script("suspend:p1"));
        idle();
        JsonNode attempt = run(task).get("attempts").get(0);
        assertThat(attempt.get("result").asText()).isEqualTo("Suspended");
        assertThat(attempt.get("output").get("text").asText()).isEqualTo("p1");
        assertThat(attempt.get("error").isNull()).isTrue();
        String other = running();
        String open = run(other).get("current_attempt_id").asText();
        invalid(
                finish(runId(other), open, "'result':'Failure','error':'x','output':'p'"),
                "non-success outcome Failure cannot carry output bytes");
        invalid(
                finish(runId(other), open, "'result':'Success','error':'x'"),
                "Success outcome must not have an error detail, got: x");
        accepted(finish(runId(other), open, "'result':'Success','output':''"));
        assertThat(run(other).get("attempts").get(0).has("output")).isFalse();
    }

    private static void invalid(Api.Answer answer, String message) {
        assertThat(answer.body().path("message").asText()).isEqualTo(message);
        assertThat(answer.status()).isEqualTo(422);
    }
}

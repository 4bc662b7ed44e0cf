package dev.leasehold.scenario;

import static dev.leasehold.scenario.TaskText.script;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.leasehold.server.Api;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** B. State machine and mutations: what the command beans and the transition table refuse. */
class MutationIT extends Scenarios {

    private static final String NOBODY = "00000000-0000-7000-8000-00000000dead";

    private static final Set<String> VALID = Set.of(
            "Scheduled>Ready",
            "Scheduled>Canceled",
            "Ready>Leased",
            "Ready>Canceled",
            "Leased>Running",
            "Leased>Ready",
            "Leased>Canceled",
            "Running>RetryWait",
            "Running>Suspended",
            "Running>Completed",
            "Running>Failed",
            "Running>Canceled",
            "RetryWait>Ready",
            "RetryWait>Failed",
            "RetryWait>Canceled",
            "Suspended>Ready",
            "Suspended>Canceled");

    /** What a run leaves Running by; the transition alone is refused while an attempt is open, which it always is. */
    private static final Set<String> BY_FINISH =
            Set.of("Running>RetryWait", "Running>Suspended", "Running>Completed", "Running>Failed");

    /** Allowed by the table; no command of ours does it. */
    private static final String NO_COMMAND = "RetryWait>Failed";

    @Test
    void s11_fullTransitionMatrix() {
        int pairs = 0;
        for (String from : Steps.STATES) {
            for (String to : Steps.STATES) {
                pair(from, to);
                pairs++;
            }
        }
        assertThat(pairs).isEqualTo(81);
    }

    private static void pair(String from, String to) {
        String run = Steps.in(from);
        JsonNode before = byId(run);
        Api.Answer answer = Steps.move(run, from, to);
        if (!VALID.contains(from + ">" + to)) {
            refused(answer, "mutation rejected for run " + run + ": invalid transition " + from + " -> " + to);
            assertThat(byId(run)).isEqualTo(before);
        } else if (BY_FINISH.contains(from + ">" + to)) {
            refused(
                    answer,
                    "run " + run + " cannot leave Running while attempt "
                            + before.get("current_attempt_id").asText() + " is active");
            assertThat(byId(run)).isEqualTo(before);
            Steps.end(run, to);
        } else {
            accepted(answer);
            boolean stored = !NO_COMMAND.equals(from + ">" + to);
            assertThat(answer.body().get("stored").asBoolean()).isEqualTo(stored);
            assertThat(byId(run).get("state").asText()).isEqualTo(stored ? to : from);
        }
    }

    @Test
    void s13_secondFinishOfAnAttempt() {
        String run = Steps.running();
        String attempt = Steps.attempt(run);
        accepted(Steps.finish(run, attempt, "'result':'Success'"));
        assertThat(byId(run).get("state").asText()).isEqualTo("Completed");
        refused(
                Steps.finish(run, attempt, "'result':'Failure','error':'x'"),
                "attempt-finish rejected for run " + run + ": no active attempt present");
    }

    @Test
    void s14_finishWithTheWrongAttemptId() {
        String run = Steps.running();
        JsonNode before = byId(run);
        String other = UUID.randomUUID().toString();
        refused(
                Steps.finish(run, other, "'result':'Success'"),
                "attempt-finish rejected for run " + run + ": attempt mismatch expected="
                        + before.get("current_attempt_id").asText() + " provided=" + other);
        assertThat(byId(run)).isEqualTo(before);
    }

    @Test
    void s16_nothingIsStoredThatCannotBeReplayed() {
        String run = Steps.running();
        JsonNode before = byId(run);
        String open = "run " + run + " cannot leave Running while attempt " + Steps.attempt(run) + " is active";
        refused(Steps.move(run, "Running", "Completed"), open);
        refused(Steps.move(run, "Running", "RetryWait"), open);
        refused(mutate("{'command':'RunSuspend','run_id':'" + run + "'}"), open);
        assertThat(byId(run)).isEqualTo(before);
        accepted(Steps.move(run, "Running", "Canceled"));
        clock(5000);
        accepted(mutate("{'command':'EnginePause'}"));
        refused(mutate("{'command':'EnginePause'}"), "mutation rejected: engine already paused");
        refused(
                mutate("{'command':'EngineResume','timestamp':4000}"),
                "engine resume rejected: resumed_at 4000 precedes paused_at 5000");
        before = byId(run);
        restart();
        assertThat(byId(run)).isEqualTo(before);
        assertThat(tick().get("engine_paused").asBoolean()).isTrue();
        accepted(mutate("{'command':'EngineResume'}"));
        refused(mutate("{'command':'EngineResume'}"), "mutation rejected: engine not paused");
    }

    @Test
    void s17_previousStateMustMatch() {
        String task = submit(script("ok"));
        String run = runId(task);
        accepted(Steps.move(run, "Scheduled", "Ready"));
        JsonNode before = run(task);
        refused(
                Steps.move(run, "Scheduled", "Ready"),
                "mutation rejected for run " + run + ": previous_state mismatch expected=Scheduled actual=Ready");
        refused(Steps.move(NOBODY, "Scheduled", "Ready"), "mutation rejected: unknown run " + NOBODY);
        assertThat(run(task)).isEqualTo(before);
    }

    /** A task's run is created with it, so that RunCreate stores nothing (decisions 11). */
    @Test
    void s19_sevenMutationsInOneSession() {
        String a = UUID.randomUUID().toString();
        String b = UUID.randomUUID().toString();
        accepted(mutate("{'command':'TaskCreate','task_id':'" + a + "'}"));
        counts(1);
        accepted(mutate("{'command':'TaskCreate','task_id':'" + b + "'}"));
        counts(2);
        Api.Answer create = mutate("{'command':'RunCreate','task_id':'" + a + "','run_id':'" + NOBODY + "'}");
        accepted(create);
        assertThat(create.body().get("stored").asBoolean()).isFalse();
        counts(2);
        String run = runId(a);
        accepted(Steps.move(run, "Scheduled", "Ready"));
        assertThat(state(a)).isEqualTo("Ready");
        assertThat(paused()).isFalse();
        accepted(mutate("{'command':'EnginePause'}"));
        assertThat(paused()).isTrue();
        accepted(mutate("{'command':'EngineResume'}"));
        assertThat(paused()).isFalse();
        accepted(mutate("{'command':'TaskCancel','task_id':'" + b + "'}"));
        refused(
                mutate("{'command':'TaskCancel','task_id':'" + b + "'}"),
                "mutation rejected: task " + b + " already canceled");
        counts(2);
        assertThat(texts(List.of(task(a), task(b)), "status")).containsExactly("active", "canceled");
        List<JsonNode> before = everything(a, b);
        restart();
        assertThat(everything(a, b)).isEqualTo(before);
    }

    private static List<JsonNode> everything(String a, String b) {
        JsonNode stats = api().get("api/v1/stats").body();
        return List.of(task(a), task(b), run(a), run(b), stats);
    }

    private static void counts(int tasks) {
        JsonNode stats = api().get("api/v1/stats").body();
        assertThat(stats.get("total_tasks").asInt()).isEqualTo(tasks);
        assertThat(stats.get("total_runs").asInt()).isEqualTo(tasks);
    }

    private static JsonNode task(String id) {
        return api().get("api/v1/tasks/" + id).body();
    }

    private static boolean paused() {
        return tick("outbox").get("engine_paused").asBoolean();
    }

    @Test
    void s20_constraintValidation() {
        String zero = "invalid max_attempts value: 0 (must be >= 1)";
        invalidTask("'max_attempts':0", zero);
        invalidTask("'max_attempts':0,'timeout_secs':0", zero);
        invalidTask("'timeout_secs':0", "timeout_secs must not be zero");
        invalidTask("'concurrency_key':''", "concurrency key must not be an empty string");
        invalidTask("'required_capabilities':[]", "required capabilities list must not be empty");
        invalidTask("'required_capabilities':['a','']", "required_capabilities contains an empty string");
        Api.Answer unknown = constrained("'max_attempts':2,'bogus':1");
        assertThat(unknown.status()).isEqualTo(422);
        assertThat(unknown.body().get("details").get("field").asText()).isEqualTo("constraints.bogus");
        Api.Answer empty = constrained("");
        assertThat(empty.status()).isEqualTo(201);
        JsonNode constraints = task(empty.body().get("id").asText()).get("constraints");
        ObjectNode six = ((ObjectNode) constraints.deepCopy()).without("backoff");
        assertThat(six)
                .isEqualTo(json("{'max_attempts':1,'timeout_secs':null,'concurrency_key':null,"
                        + "'concurrency_key_hold_policy':'HoldDuringRetry','safety_level':'Pure',"
                        + "'required_capabilities':null}"));
    }

    private static void invalidTask(String constraints, String message) {
        Api.Answer answer = constrained(constraints);
        assertThat(answer.body().path("message").asText()).isEqualTo("invalid task constraints: " + message);
        assertThat(answer.body().get("details").get("reason").asText()).isEqualTo(message);
        assertThat(answer.status()).isEqualTo(422);
    }

    private static Api.Answer constrained(String constraints) {
        return api().post(
                        "api/v1/tasks",
                        "{\"type\":\"script\",\"constraints\":{" + constraints.replace('\'', '"') + "}}");
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
}

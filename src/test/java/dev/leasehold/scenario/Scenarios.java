package dev.leasehold.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.leasehold.server.Api;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;

/** What scenarios are written with: the conventions of the scenarios' paper, over HTTP alone. */
@ExtendWith({Scenarios.Server.class, ScenarioTable.class})
abstract class Scenarios {

    private static KitServer server;

    /** Starts the server before the first scenario that needs it. */
    static final class Server implements BeforeAllCallback, BeforeEachCallback {
        @Override
        public void beforeAll(ExtensionContext context) {
            server = byTimers(context)
                    ? context.getStore(Namespace.GLOBAL)
                            .computeIfAbsent("by timers", key -> KitServer.byTimers(), KitServer.class)
                    : context.getRoot()
                            .getStore(Namespace.GLOBAL)
                            .computeIfAbsent("by hand", key -> KitServer.byHand(), KitServer.class);
        }

        private static boolean byTimers(ExtensionContext context) {
            return context.getRequiredTestClass().isAnnotationPresent(ByTimers.class);
        }

        @Override
        public void beforeEach(ExtensionContext context) {
            if (!byTimers(context)) {
                reset();
            }
        }
    }

    static void reset() {
        kit("reset", "{}");
    }

    static Api api() {
        return server.api();
    }

    static String submit(TaskText task) {
        return api().submit(task.json());
    }

    static void clock(long now) {
        kit("clock", "{\"now\":" + now + "}");
    }

    static JsonNode tick() {
        return kit("tick", "{}");
    }

    static JsonNode tick(String component) {
        return kit("tick", "{\"component\":\"" + component + "\"}");
    }

    static JsonNode idle() {
        return kit("idle", "{}");
    }

    static JsonNode configure(String settings) {
        return kit("configure", settings);
    }

    static void release() {
        kit("release", "{}");
    }

    /** Kills the server and starts it again; the clock stands where it stood. */
    static void restart() {
        server.restart();
    }

    static void restart(long now) {
        restart();
        clock(now);
    }

    static JsonNode kit(String call, String body) {
        Api.Answer answer = server.kit().post(call, body);
        assertThat(answer.status()).as(answer.raw().body()).isEqualTo(200);
        return answer.body();
    }

    /** A mutation that may be refused; single quotes stand for double ones. */
    static Api.Answer mutate(String body) {
        return server.kit().post("mutate", body.replace('\'', '"'));
    }

    static void refused(Api.Answer answer, String message) {
        assertThat(answer.body().path("message").asText()).isEqualTo(message);
        assertThat(answer.status()).isEqualTo(409);
    }

    static void accepted(Api.Answer answer) {
        assertThat(answer.status()).as(answer.raw().body()).isEqualTo(200);
    }

    /** An order to the product that is carried out. */
    static JsonNode order(String path) {
        Api.Answer answer = api().post("api/v1/" + path, "{}");
        accepted(answer);
        return answer.body();
    }

    /** What the kit answers to settings. */
    static Api.Answer trySettings(String settings) {
        return server.kit().post("configure", settings.replace('\'', '"'));
    }

    /** The runs of a task with all that belongs to them, by planned instant. */
    static List<JsonNode> runs(String task) {
        JsonNode runs = api().get("api/v1/runs?task_id=" + task).body().get("runs");
        return runs.findValuesAsText("run_id").stream().map(Scenarios::byId).toList();
    }

    static JsonNode byId(String run) {
        return api().get("api/v1/runs/" + run).body();
    }

    static List<String> texts(List<JsonNode> nodes, String member) {
        return nodes.stream().map(node -> node.get(member).asText()).toList();
    }

    /** The only run of a task. */
    static JsonNode run(String task) {
        JsonNode runs = api().get("api/v1/runs?task_id=" + task).body().get("runs");
        assertThat(runs).hasSize(1);
        return api().runOf(task);
    }

    static String runId(String task) {
        return run(task).get("run_id").asText();
    }

    static String state(String task) {
        return run(task).get("state").asText();
    }

    /** {@code Scheduled>Ready>…} */
    static String history(String task) {
        return String.join(">", run(task).get("state_history").findValuesAsText("to"));
    }

    static List<String> results(String task) {
        return run(task).get("attempts").findValuesAsText("result");
    }

    /** The handler's calls, in their order. */
    static List<JsonNode> callsInFull() {
        return StreamSupport.stream(
                        server.kit().get("calls").body().get("calls").spliterator(), false)
                .toList();
    }

    /** The same, by task. */
    static List<String> calls() {
        return callsInFull().stream().map(call -> call.get("task_id").asText()).toList();
    }

    static List<String> submitAll(List<TaskText> tasks) {
        List<String> ids = new ArrayList<>();
        tasks.forEach(task -> ids.add(submit(task)));
        return ids;
    }
}

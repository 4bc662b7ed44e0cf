package dev.leasehold.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.leasehold.client.Stub;
import dev.leasehold.client.Stub.Asked;
import dev.leasehold.client.Stub.Reply;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the commands print and how they end (AQ 10). */
@Timeout(60)
class CommandsTest {

    private static final String ID = "0193a0de-5c00-7000-8000-000000000001";
    private static final String OTHER = "0193a0de-5c00-7000-8000-000000000002";
    private static final String RUN = "{\"run_id\":\"" + ID + "\",\"task_id\":\"" + OTHER + "\",\"state\":\"%s\","
            + "\"type\":\"t\",\"queue\":\"default\",\"priority\":1,\"version\":2,\"fence\":3,\"created_at\":1700000000,"
            + "\"scheduled_at\":1700000000.5,\"attempt_count\":1,\"held\":false,\"current_attempt_id\":null,"
            + "\"state_history\":[{\"from\":null,\"to\":\"Scheduled\",\"timestamp\":1700000000},"
            + "{\"from\":\"Scheduled\",\"to\":\"Ready\",\"timestamp\":1700000001}],"
            + "\"attempts\":[{\"attempt_id\":\"" + OTHER + "\",\"started_at\":1700000002,\"finished_at\":null,"
            + "\"result\":null,\"error\":\"\\u001b[31mred\"}],\"lease\":null,\"block_reason\":null,"
            + "\"cancel_requested\":false,\"from_the_future\":1.50}";
    private static final String TASK = "{\"id\":\"" + OTHER + "\",\"type\":\"t\",\"queue\":\"default\","
            + "\"run_policy\":\"Once\",\"constraints\":{},\"metadata\":{\"tags\":[],\"priority\":0},\"created_at\":1,"
            + "\"status\":\"active\",\"runs_created\":%s}";
    private static final String EVENT = "{\"event_id\":\"e\",\"run_id\":\"" + ID + "\",\"seq\":2,"
            + "\"event_type\":\"run.started\",\"occurred_at\":1700000000,\"transitions\":[{\"from\":\"Ready\","
            + "\"to\":\"Leased\"},{\"from\":\"Leased\",\"to\":\"Running\"}]}";

    /** How a command ended. */
    private record Ended(int code, String out, String err) {

        JsonNode json() {
            return read(out);
        }

        JsonNode error() {
            return read(err);
        }

        private static JsonNode read(String text) {
            try {
                return new ObjectMapper().readTree(text);
            } catch (IOException e) {
                throw new AssertionError(text, e);
            }
        }
    }

    private final Stub stub = new Stub();
    private String input = "";

    @TempDir
    Path folder;

    @AfterEach
    void end() {
        stub.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"--help", "submit --help", "worker --help", "tail -h", "--version"})
    void helpIsNoError(String line) {
        Ended ended = run(line.split(" "));
        assertThat(ended.code()).isZero();
        assertThat(ended.out()).contains("leasehold");
        assertThat(ended.err()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    ''                                         | 2 | usage      | usage_missing_command
                    --json                                     | 2 | usage      | usage_missing_command
                    sumbit                                     | 2 | usage      | usage_invalid_command
                    --bogus                                    | 2 | usage      | usage_parse_error
                    submit                                     | 2 | usage      | usage_parse_error
                    get                                        | 2 | usage      | usage_parse_error
                    get a b                                    | 2 | usage      | usage_parse_error
                    list --limit many                          | 2 | usage      | usage_parse_error
                    worker --type t                            | 2 | usage      | usage_parse_error
                    submit --type t --run-policy never         | 3 | validation | invalid_run_policy
                    submit --type t --run-policy repeat:2      | 3 | validation | invalid_run_policy
                    submit --type t --task-id 7                | 3 | validation | invalid_task_id
                    submit --type t --constraints {            | 3 | validation | invalid_constraints_json
                    submit --type t --constraints []           | 3 | validation | invalid_constraints_json
                    submit --type t --constraints @/nowhere    | 3 | validation | json_source_read_failed
                    submit --type t --metadata 1               | 3 | validation | invalid_metadata_json
                    submit --type t --payload /nowhere         | 3 | validation | payload_read_failed
                    submit --type t --run-policy repeat:1:1 --wait 3 | 3 | validation | input_validation_failed
                    submit --type t --payload - --content-type application/json | 3 | validation | input_validation_failed
                    get not-a-uuid                             | 3 | validation | invalid_run_id
                    get 1-1-1-1-1                              | 3 | validation | invalid_run_id
                    get --task not-a-uuid                      | 3 | validation | invalid_task_id
                    tail --interval 0                          | 3 | validation | input_validation_failed
                    stats --url ftp://x                        | 3 | validation | invalid_url
                    stats --url http://u:secret@x              | 3 | validation | invalid_url
                    stats --timeout 0                          | 3 | validation | input_validation_failed
                    worker --type t --exec true --threads 0    | 3 | validation | input_validation_failed
                    worker --type t --exec true --lease-secs 1 | 3 | validation | input_validation_failed
                    """)
    void whatIsWrongIsToldInJsonOnStandardError(String line, int code, String kind, String error) {
        Ended ended = run(line.isEmpty() ? new String[0] : line.split(" "));
        assertThat(ended.error().get("error_code").asText()).isEqualTo(error);
        assertThat(ended.error().get("error_kind").asText()).isEqualTo(kind);
        assertThat(ended.error().get("message").asText()).isNotBlank().doesNotContain("secret");
        assertThat(ended.error()).hasSize(3);
        assertThat(ended.code()).isEqualTo(code);
        assertThat(ended.out()).isEmpty();
        assertThat(stub.asked()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "400, 3, validation",
        "422, 3, validation",
        "413, 3, validation",
        "404, 4, runtime",
        "409, 4, runtime",
        "500, 4, runtime",
        "503, 4, runtime",
        "504, 5, connectivity"
    })
    void theServersRefusalEndsWithItsOwnWord(int status, int code, String kind) {
        stub.replies("GET /api/v1/runs/" + ID, Reply.refusal(status, "some_code", "a sentence"));
        Ended ended = run("get", ID, "--json");
        assertThat(ended.code()).isEqualTo(code);
        assertThat(ended.err())
                .isEqualTo(
                        "{\"error_kind\":\"" + kind + "\",\"error_code\":\"some_code\",\"message\":\"a sentence\"}\n");
    }

    @Test
    void nobodyThereIsConnectivity() {
        stub.close();
        Ended ended = run("stats");
        assertThat(ended.code()).isEqualTo(5);
        assertThat(ended.error().get("error_code").asText()).isEqualTo("unreachable");
    }

    @Test
    void aTaskIsSubmittedWithAllItsFlags() throws IOException {
        stub.ok("POST /api/v1/tasks", String.format(TASK, "2"));
        Path metadata = Files.writeString(folder.resolve("m.json"), "{\"priority\":5}");
        input = "{\"n\" : 1.50}";
        String line = "submit --json --type t --run-policy repeat:2:60 --payload - --queue mail --task-id " + OTHER
                + " --constraints {\"timeout_secs\":1.50} --metadata @" + metadata;
        Ended ended = run(line.split(" "));
        assertThat(ended.err()).isEmpty();
        assertThat(ended.out())
                .isEqualTo("{\"command\":\"submit\",\"task_id\":\"" + OTHER
                        + "\",\"run_policy\":\"repeat:2:60\",\"runs_created\":2}\n");
        assertThat(ended.code()).isZero();
        Asked asked = stub.asked().get(0);
        assertThat(asked.json().get("run_policy").get("Repeat").get("count").asInt())
                .isEqualTo(2);
        assertThat(asked.json()
                        .get("run_policy")
                        .get("Repeat")
                        .get("interval_secs")
                        .asInt())
                .isEqualTo(60);
        assertThat(asked.body())
                .contains("\"id\":\"" + OTHER + "\"", "\"queue\":\"mail\"", "\"json\":{\"n\" : 1.50}")
                .contains("\"constraints\":{\"timeout_secs\":1.50}", "\"metadata\":{\"priority\":5}");
        assertThat(asked.headers()).containsKey("Idempotency-Key").containsEntry("User-Agent", "leasehold-cli");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    {"a":1}   |                   | "payload":{"content_type":"application/json","json":{"a":1}}
                    hello     |                   | "payload":{"content_type":"text/plain","text":"hello"}
                    hello     | text/x            | "payload":{"content_type":"text/x","text":"hello"}
                    7         | application/x+json| "payload":{"content_type":"application/x+json","json":7}
                    a\u0000b  | image/x           | "payload":{"content_type":"image/x","base64":"YQBi"}
                    """, quoteCharacter = '`')
    void aPayloadHasTheFormThatItIs(String text, String contentType, String member) {
        stub.ok("POST /api/v1/tasks", String.format(TASK, "1"));
        input = text;
        List<String> line = new ArrayList<>(List.of("submit", "--type", "t", "--payload", "-"));
        if (contentType != null) {
            line.addAll(List.of("--content-type", contentType));
        }
        Ended ended = run(line.toArray(String[]::new));
        assertThat(ended.code()).as(ended.err()).isZero();
        assertThat(stub.asked().get(0).body()).contains(member);
    }

    @Test
    void textIsForPeople() {
        stub.replies("POST /api/v1/tasks", Reply.ok(String.format(TASK, "1")), Reply.ok(String.format(TASK, "0")));
        assertThat(run("submit", "--type", "t").out()).isEqualTo("task " + OTHER + ": 1 runs created\n");
        assertThat(run("submit", "--type", "t").out()).isEqualTo("task " + OTHER + " was there already\n");
        assertThat(run("submit", "--type", "t", "--run-policy", "cron:0 9 * * *")
                        .code())
                .isZero();
        assertThat(stub.asked().get(2).body()).contains("\"run_policy\":{\"Cron\":{\"expression\":\"0 9 * * *\"}}");
    }

    @ParameterizedTest
    @CsvSource({"Completed, 0, ", "Failed, 4, run_not_completed", "Running, 4, wait_timeout"})
    void aSubmissionMayWaitForItsRun(String state, int code, String error) {
        stub.ok("POST /api/v1/tasks", String.format(TASK, "1"));
        stub.ok("GET /api/v1/runs", "{\"runs\":[" + String.format(RUN, "Running") + "]}");
        stub.ok("GET /api/v1/runs/" + ID, String.format(RUN, state));
        Ended ended = run("submit", "--type", "t", "--wait", "1", "--json");
        assertThat(ended.code()).isEqualTo(code);
        if (code == 0) {
            assertThat(ended.json().get("run").get("state").asText()).isEqualTo(state);
        } else {
            assertThat(ended.error().get("error_code").asText()).isEqualTo(error);
        }
        assertThat(stub.asked("GET /api/v1/runs/" + ID).get(0).path()).contains("?wait_secs=1.0");
    }

    @Test
    void aRunIsShownAsTheServerToldItAndWithoutWhatATerminalWouldObey() {
        stub.ok("GET /api/v1/runs/" + ID, String.format(RUN, "Ready"));
        assertThat(run("get", ID, "--json").out())
                .isEqualTo("{\"command\":\"get\","
                        + String.format(RUN, "Ready").substring(1).replace("\\u001b", "\\u001B") + "\n");
        assertThat(run("get", ID).out())
                .contains("state              Ready\n", "scheduled_at       2023-11-14T22:13:20.500Z\n")
                .contains("2023-11-14T22:13:21Z Scheduled > Ready\n", "error=?[31mred")
                .doesNotContain("\u001b", "block_reason");
        stub.ok("GET /api/v1/tasks/" + OTHER, String.format(TASK, "null"));
        assertThat(run("get", "--task", OTHER).out()).contains("status             active");
    }

    @Test
    void runsAreListed() {
        stub.ok("GET /api/v1/runs", "{\"runs\":[" + String.format(RUN, "Ready") + "],\"limit\":1,\"next\":\"c 1\"}");
        assertThat(run(
                                "list",
                                "--state",
                                "Ready",
                                "--state",
                                "retry_wait",
                                "--type",
                                "t",
                                "--limit",
                                "1",
                                "--after",
                                "x")
                        .out())
                .isEqualTo(ID + "  Ready      2023-11-14T22:13:20.500Z  t\nmore: --after c 1\n");
        assertThat(stub.asked().get(0).path())
                .isEqualTo("/api/v1/runs?limit=1&state=ready&state=retry_wait&type=t&after=x");
        assertThat(run("list", "--json").out()).contains("\"from_the_future\":1.50", "\"next\":\"c 1\"");
        stub.ok("GET /api/v1/runs", "{\"runs\":[],\"limit\":100}");
        assertThat(run("list").out()).isEqualTo("no runs\n");
    }

    @Test
    void runsAreCountedAsFarAsIsAsked() {
        stub.ok("GET /api/v1/runs", "{\"runs\":[],\"limit\":1,\"count\":{\"value\":7,\"relation\":\"gte\"}}");
        assertThat(run("list", "--limit", "1", "--count", "7").out()).isEqualTo("no runs\ncount: more than 7\n");
        assertThat(stub.asked().get(0).path()).isEqualTo("/api/v1/runs?limit=1&count=up_to%3A7");
        assertThat(run("list", "--count", "7", "--json").out())
                .contains("\"count\":{\"value\":7,\"relation\":\"gte\"}");
        stub.ok("GET /api/v1/runs", "{\"runs\":[],\"limit\":1,\"count\":{\"value\":0,\"relation\":\"eq\"}}");
        assertThat(run("list", "--count", "7").out()).isEqualTo("no runs\ncount: 0\n");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    cancel %1 --reason why         | runs/%1/cancel   | {"reason":"why"}
                    cancel --task %1               | tasks/%1/cancel  | {}
                    rerun %1                       | runs/%1/rerun    | {}
                    pause                          | engine/pause     | {}
                    pause --queue mail             | engine/pause     | {"queue":"mail"}
                    resume --queue mail            | engine/resume    | {"queue":"mail"}
                    resume %1                      | runs/%1/resume   | {}
                    """, quoteCharacter = '`')
    void ordersAreSentAndTheirAnswersShown(String line, String path, String body) {
        stub.ok("POST /api/v1/" + path.replace("%1", ID), "{\"status\":\"done\",\"count\":2}");
        String[] words = line.replace("%1", ID).split(" ");
        assertThat(run(words).out()).isEqualTo("status             done\ncount              2\n");
        Ended json = run(with(words, "--json"));
        assertThat(json.out()).isEqualTo("{\"command\":\"" + words[0] + "\",\"status\":\"done\",\"count\":2}\n");
        assertThat(stub.asked()).extracting(Asked::body).containsExactly(body, body);
    }

    @Test
    void aRunIsExplained() {
        stub.ok(
                "GET /api/v1/runs/" + ID + "/explain",
                "{\"run_id\":\"" + ID + "\",\"state\":\"Ready\",\"runnable\":false,\"gates\":[{\"gate\":\"hold\","
                        + "\"open\":true,\"detail\":{},\"held_by\":[]},{\"gate\":\"permit\",\"open\":false,\"detail\":{\"max\":1},"
                        + "\"opens_at\":1700000000}]}");
        assertThat(run("explain", ID).out())
                .isEqualTo("run " + ID + " is Ready and cannot be claimed\nopen    hold\n"
                        + "closed  permit detail={\"max\":1} opens_at=2023-11-14T22:13:20Z\n");
        assertThat(run("explain", ID, "--json").json().get("gates")).hasSize(2);
    }

    @Test
    void everythingIsCounted() {
        stub.ok(
                "GET /api/v1/stats",
                "{\"total_tasks\":1,\"total_runs\":2,\"attempts_total\":3,\"runs_by_state\":{\"ready\":2},"
                        + "\"latest_sequence\":4}");
        assertThat(run("stats").out()).contains("total_runs         2\n").endsWith("ready              2\n");
        assertThat(run("stats", "--json").out()).startsWith("{\"command\":\"stats\",\"summary\":{\"total_tasks\":1,");
    }

    @Test
    void theFeedIsReadToItsEnd() {
        stub.replies(
                "GET /api/v1/events",
                Reply.ok("{\"events\":[" + EVENT + "],\"next\":\"c2\"}"),
                Reply.ok("{\"events\":[],\"next\":\"c3\",\"lag_secs\":0}"));
        Ended text = run("tail", "--from", "c 1", "--run", ID, "--event-type", "run.started");
        assertThat(text.out())
                .isEqualTo("2023-11-14T22:13:20Z  " + ID + ":2  run.started  Ready > Leased, Leased > Running\n");
        assertThat(text.err()).isEqualTo("go on with --from c3\n");
        assertThat(stub.asked())
                .extracting(Asked::path)
                .containsExactly(
                        "/api/v1/events?limit=1000&run_id=" + ID + "&event_type=run.started&after=c+1",
                        "/api/v1/events?limit=1000&run_id=" + ID + "&event_type=run.started&after=c2");
    }

    @Test
    void theFeedIsFollowedUntilTheServerSaysOtherwise() {
        stub.replies(
                "GET /api/v1/events",
                Reply.ok("{\"events\":[],\"next\":\"c2\"}"),
                Reply.ok("{\"events\":[" + EVENT + "],\"next\":\"c3\"}"),
                Reply.refusal(422, "invalid_pagination", "gone"));
        Ended ended = run("tail", "--follow", "--json");
        assertThat(ended.out()).isEqualTo(EVENT + "\n");
        assertThat(ended.code()).isEqualTo(3);
        assertThat(stub.asked().get(2).path()).endsWith("&after=c3");
    }

    private static String[] with(String[] words, String more) {
        List<String> all = new ArrayList<>(List.of(words));
        all.add(more);
        return all.toArray(String[]::new);
    }

    private Ended run(String... line) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        List<String> words = new ArrayList<>(List.of(line));
        if (!words.isEmpty() && !words.contains("--bogus") && !words.contains("--help")) {
            words.addAll(List.of("--retries", "0"));
        }
        Console console = new Console(
                new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)),
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                Map.of("LEASEHOLD_URL", stub.base() + "/"));
        int code = Main.run(console, words.toArray(String[]::new));
        return new Ended(code, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }
}

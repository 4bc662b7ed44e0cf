package dev.leasehold.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.leasehold.client.Stub.Asked;
import dev.leasehold.client.Stub.Reply;
import java.math.BigDecimal;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The library against a server that does what a test says. */
@Timeout(60)
class LeaseholdClientTest {

    private static final UUID ID = UUID.fromString("0193a0de-5c00-7000-8000-000000000001");
    private static final String TASK =
            "{\"id\":\"" + ID + "\",\"type\":\"t\",\"queue\":\"default\",\"run_policy\":\"Once\","
                    + "\"constraints\":{\"max_attempts\":5},\"metadata\":{\"tags\":[],\"priority\":0,\"description\":null},"
                    + "\"created_at\":1700000000.25,\"updated_at\":null,\"status\":\"active\",\"depends_on\":[],\"runs_created\":1,"
                    + "\"from_the_future\":{\"x\":[1]}}";
    private static final String RUN =
            "{\"run_id\":\"" + ID + "\",\"task_id\":\"" + ID + "\",\"state\":\"%s\",\"type\":\"t\","
                    + "\"queue\":\"default\",\"priority\":3,\"version\":4,\"fence\":1,\"created_at\":1700000000,"
                    + "\"scheduled_at\":1700000000,\"attempt_count\":1,\"held\":false,\"current_attempt_id\":null,"
                    + "\"state_history\":[{\"from\":null,\"to\":\"Scheduled\",\"timestamp\":1700000000}],\"attempts\":[{"
                    + "\"attempt_id\":\"" + ID
                    + "\",\"started_at\":1700000001,\"finished_at\":1700000002,\"result\":\"Success\","
                    + "\"error\":null,\"output\":{\"text\":\"hé\"}}],\"lease\":null,\"block_reason\":\"terminal\","
                    + "\"cancel_requested\":false}";
    private static final String SUMMARY =
            "{\"run_id\":\"%s\",\"task_id\":\"" + ID + "\",\"state\":\"Ready\",\"type\":\"t\","
                    + "\"queue\":\"default\",\"priority\":0,\"version\":1,\"fence\":0,\"created_at\":1,\"scheduled_at\":1,"
                    + "\"attempt_count\":0,\"concurrency_key\":null}";
    private static final String TASKS = "POST /api/v1/tasks";

    private final Stub stub = new Stub();

    @AfterEach
    void end() {
        stub.close();
    }

    @Test
    void aTaskIsSubmittedWithAnIdOfItsOwn() {
        stub.ok(TASKS, TASK);
        NewTask task = NewTask.of("invoice.send")
                .queue("mail")
                .payload(Payload.json("{\"n\": 1.0}"))
                .repeat(3, Duration.ofMillis(1500))
                .scheduledAt(Instant.ofEpochMilli(1_700_000_000_250L))
                .maxAttempts(2)
                .timeout(Duration.ofSeconds(60))
                .exponentialBackoff(Duration.ofSeconds(5), BigDecimal.valueOf(2), Duration.ofHours(1))
                .priority(5)
                .tags(List.of("a"));
        Task submitted = client().submit(task);
        assertThat(task.id().version()).isEqualTo(7);
        assertThat(submitted.runsCreated()).isEqualTo(1);
        assertThat(submitted.createdAt()).hasToString("2023-11-14T22:13:20.250Z");
        assertThat(stub.asked().get(0).json().get("constraints").get("backoff").get("delay_secs"))
                .hasToString("5");
        assertThat(stub.asked().get(0).body())
                .startsWith("{\"id\":\"" + task.id() + "\",\"type\":\"invoice.send\",\"queue\":\"mail\",\"payload\":"
                        + "{\"content_type\":\"application/json\",\"json\":{\"n\": 1.0}},\"run_policy\":{\"Repeat\":{")
                .contains("\"interval_secs\":1.5", "\"count\":3", "\"scheduled_at\":1700000000.25")
                .contains("\"metadata\":{\"priority\":5,\"tags\":[\"a\"]}", "\"max_attempts\":2,\"timeout_secs\":60");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 429, 502, 503, 504})
    void anOrderIsSentAgainUnderTheSameKey(int status) {
        Reply failure = status == 0 ? Reply.cut() : Reply.refusal(status, "outcome_unknown", "m");
        stub.replies(TASKS, failure, failure, Reply.ok(TASK));
        client().submit(NewTask.of("t"));
        client().submit(NewTask.of("t"));
        List<Asked> asked = stub.asked(TASKS);
        assertThat(asked).hasSize(4);
        assertThat(asked.subList(0, 3))
                .extracting(Asked::body)
                .containsOnly(asked.get(0).body());
        assertThat(keys(asked.subList(0, 3))).containsOnly(key(asked.get(0))).doesNotContainNull();
        assertThat(key(asked.get(3))).isNotEqualTo(key(asked.get(0)));
        assertThat(asked.get(0).headers())
                .containsEntry("User-Agent", "me/1")
                .containsEntry("Content-Type", "application/json");
    }

    @Test
    void afterSoManyTriesTheLastRefusalIsThrown() {
        stub.replies(TASKS, Reply.refusal(503, "unavailable", "not now"));
        LeaseholdException failure =
                catchThrowableOfType(LeaseholdException.class, () -> client().submit(NewTask.of("t")));
        assertThat(failure.status()).isEqualTo(503);
        assertThat(failure.code()).isEqualTo("unavailable");
        assertThat(stub.asked(TASKS)).hasSize(4);
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 404, 409, 413, 422, 500})
    void aRefusalIsNotRepeated(int status) {
        stub.replies(TASKS, Reply.refusal(status, "some_code", "a sentence"));
        LeaseholdException failure =
                catchThrowableOfType(LeaseholdException.class, () -> client().submit(NewTask.of("t")));
        assertThat(failure.status()).isEqualTo(status);
        assertThat(failure.code()).isEqualTo("some_code");
        assertThat(failure.message()).isEqualTo("a sentence");
        assertThat(failure.details().get("field").asText()).isEqualTo("f");
        assertThat(stub.asked(TASKS)).hasSize(1);
    }

    @Test
    void aServerMaySayHowLongToWait() {
        Reply wait = new Reply(429, "{\"error\":\"slow\",\"message\":\"m\"}", Map.of("Retry-After", "1"));
        stub.replies(TASKS, wait, Reply.ok(TASK));
        long begin = System.nanoTime();
        client().submit(NewTask.of("t"));
        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isGreaterThanOrEqualTo(Duration.ofSeconds(1));
    }

    @Test
    void whoeverAsksForTooMuchPatienceIsNotWaitedFor() {
        stub.replies(TASKS, new Reply(503, "{\"error\":\"slow\",\"message\":\"m\"}", Map.of("Retry-After", "3600")));
        assertThatThrownBy(() -> client().submit(NewTask.of("t"))).hasMessage("m");
        assertThat(stub.asked(TASKS)).hasSize(1);
    }

    @Test
    void nobodyThereIsToldWithStatusZero() {
        stub.close();
        LeaseholdException failure = catchThrowableOfType(LeaseholdException.class, () -> client().stats());
        assertThat(failure.status()).isZero();
        assertThat(failure.code()).isEqualTo(LeaseholdException.UNREACHABLE);
    }

    @ParameterizedTest
    @CsvSource({"200, <html>", "404, <html>", "200, ''", "200, null"})
    void somethingElseUnderTheAddressIsTold(int status, String body) {
        stub.replies("GET /api/v1/stats", new Reply(status, body, Map.of()));
        LeaseholdException failure = catchThrowableOfType(LeaseholdException.class, () -> client().stats());
        assertThat(failure.status()).isEqualTo(status);
        assertThat(failure.code()).isEqualTo(LeaseholdException.UNREADABLE);
    }

    static List<Arguments> orders() {
        return List.of(
                order("cancel", client -> client.cancel(ID, "why")),
                order("resume", client -> client.resume(ID, "why")),
                order("hold", client -> client.hold(ID, "why")),
                order("unhold", client -> client.unhold(ID, "why")));
    }

    private static Arguments order(String path, Consumer<LeaseholdClient> call) {
        return Arguments.of(path, call);
    }

    @ParameterizedTest
    @MethodSource("orders")
    void ordersAboutARun(String path, Consumer<LeaseholdClient> call) {
        stub.ok("POST /api/v1/runs/" + ID + "/" + path, "{\"run_id\":\"" + ID + "\",\"status\":\"done\"}");
        call.accept(client());
        assertThat(stub.asked().get(0).body()).isEqualTo("{\"reason\":\"why\"}");
        assertThat(key(stub.asked().get(0))).isNotBlank();
    }

    @Test
    void otherOrders() {
        UUID fresh = UUID.randomUUID();
        stub.ok("POST /api/v1/runs/" + ID + "/rerun", "{\"run_id\":\"" + fresh + "\",\"rerun_of\":\"" + ID + "\"}");
        stub.ok(
                "POST /api/v1/tasks/" + ID + "/cancel",
                "{\"task_id\":\"" + ID + "\",\"status\":\"canceled\",\"runs_canceled\":2,\"runs_already_terminal\":1,"
                        + "\"runs_total\":3,\"descendants_canceled\":0}");
        stub.ok("POST /api/v1/engine/pause", "{\"status\":\"paused\"}");
        stub.ok("POST /api/v1/engine/resume", "{\"status\":\"already_resumed\"}");
        stub.ok(
                "POST /api/v1/tasks/batch",
                "{\"results\":[{\"task_id\":\"" + ID + "\",\"status\":\"created\",\"runs_created\":1},"
                        + "{\"task_id\":\"" + ID
                        + "\",\"status\":\"rejected\",\"error\":\"invalid_task\",\"message\":\"m\"}]}");
        assertThat(client().rerun(ID, null)).isEqualTo(fresh);
        assertThat(client().cancelTask(ID, null).runsCanceled()).isEqualTo(2);
        assertThat(client().pauseQueues("mail")).isEqualTo("paused");
        assertThat(client().resumeQueues(null)).isEqualTo("already_resumed");
        assertThat(client().submit(List.of(NewTask.of("a"), NewTask.of("b"))))
                .extracting(Task.Submitted::status)
                .containsExactly("created", "rejected");
        assertThat(stub.asked("POST /api/v1/engine/pause").get(0).body()).isEqualTo("{\"queue\":\"mail\"}");
        assertThat(stub.asked("POST /api/v1/engine/resume").get(0).body()).isEqualTo("{}");
        assertThat(keys(stub.asked())).doesNotContainNull().doesNotHaveDuplicates();
    }

    @Test
    void aRunIsWaitedFor() {
        stub.replies(
                "GET /api/v1/runs/" + ID,
                Reply.ok(String.format(RUN, "Running")),
                Reply.ok(String.format(RUN, "NewerThanUs")),
                Reply.ok(String.format(RUN, "Completed")));
        Run run = client().await(ID, Duration.ofSeconds(90));
        assertThat(run.state()).isEqualTo(RunState.COMPLETED);
        assertThat(run.attempts().get(0).output()).isEqualTo(Payload.text("hé").as(null));
        assertThat(stub.asked()).hasSize(3);
        assertThat(stub.asked().get(0).path()).endsWith("?wait_secs=60.0");
        assertThat(client().run(ID).stateHistory().get(0).from()).isNull();
    }

    @Test
    void waitingEndsWhenTheTimeHasPassed() {
        stub.ok("GET /api/v1/runs/" + ID, String.format(RUN, "NewerThanUs"));
        assertThat(client().await(ID, Duration.ofMillis(50)).state()).isEqualTo(RunState.UNKNOWN);
    }

    @Test
    void listsAreReadPageByPageAsTheyAreNeeded() {
        UUID[] ids = {UUID.randomUUID(), UUID.randomUUID(), UUID.randomUUID(), UUID.randomUUID(), UUID.randomUUID()};
        stub.replies(
                "GET /api/v1/runs",
                Reply.ok("{\"runs\":[" + summary(ids[0]) + "," + summary(ids[1]) + "],\"next\":\"cursor 2\"}"),
                Reply.ok("{\"runs\":[" + summary(ids[2]) + "," + summary(ids[3]) + "]}"),
                Reply.ok("{\"runs\":[" + summary(ids[4]) + "]}"));
        RunFilter filter =
                RunFilter.all().state(RunState.READY).state(RunState.RETRY_WAIT).tag("a b&c");
        assertThat(client().runs(filter, 2).limit(2)).hasSize(2);
        assertThat(stub.asked()).hasSize(1);
        assertThat(stub.asked().get(0).path())
                .isEqualTo("/api/v1/runs?state=ready&state=retry_wait&tag=a+b%26c&limit=2");
        stub.replies(
                "GET /api/v1/runs",
                Reply.ok("{\"runs\":[" + summary(ids[0]) + "," + summary(ids[1]) + "],\"next\":\"cursor 2\"}"),
                Reply.ok("{\"runs\":[" + summary(ids[2]) + "," + summary(ids[3]) + "]}"),
                Reply.ok("{\"runs\":[" + summary(ids[4]) + "]}"));
        assertThat(client().runs(filter, 2).map(Run.Summary::runId)).containsExactly(ids);
        assertThat(stub.asked().get(2).path()).endsWith("&after=cursor+2");
        assertThat(stub.asked().get(3).path()).endsWith("&after=" + ids[3]);
    }

    @Test
    void runsAreCountedByTheServer() {
        stub.ok("GET /api/v1/runs", "{\"runs\":[],\"limit\":1,\"count\":{\"value\":500,\"relation\":\"gte\"}}");
        assertThat(client().count(RunFilter.all().type("t"), 500)).isEqualTo(new Run.Count(500, "gte"));
        assertThat(stub.asked().get(0).path()).isEqualTo("/api/v1/runs?type=t&limit=1&count=up_to%3A500");

        stub.ok("GET /api/v1/runs", "{\"runs\":[],\"limit\":1}");
        LeaseholdException failure =
                catchThrowableOfType(LeaseholdException.class, () -> client().count(RunFilter.all(), 1));
        assertThat(failure.code()).isEqualTo(LeaseholdException.UNREADABLE);
    }

    @Test
    void explanationsAndEventsAndTheFeed() {
        stub.ok(
                "GET /api/v1/runs/" + ID + "/explain",
                "{\"run_id\":\"" + ID + "\",\"state\":\"Ready\",\"runnable\":false,\"gates\":[{\"gate\":\"permit\","
                        + "\"open\":false,\"detail\":{\"max\":1},\"held_by\":[\"x\",{\"y\":1}],\"opens_at\":1700000000}]}");
        String event =
                "{\"event_id\":\"e\",\"seq\":1,\"event_type\":\"run.submitted\",\"occurred_at\":1,\"actor\":\"a\","
                        + "\"transitions\":[{\"from\":null,\"to\":\"Scheduled\"}],\"data\":{}}";
        stub.ok(
                "GET /api/v1/runs/" + ID + "/events",
                "{\"run_id\":\"" + ID + "\",\"events\":[" + event + "],\"count\":1,\"last_seq\":9,\"limit\":1,"
                        + "\"has_more\":true,\"next_after_seq\":1}");
        stub.ok("GET /api/v1/events", "{\"events\":[" + event + "],\"next\":\"c2\",\"lag_secs\":0.1}");
        Explanation.Gate gate = client().explain(ID).gates().get(0);
        assertThat(gate.heldBy()).hasSize(2);
        assertThat(gate.opensAt()).isEqualTo(Instant.ofEpochSecond(1_700_000_000));
        Event.OfRun events = client().events(ID, 0, 1);
        assertThat(events.nextAfterSeq()).isEqualTo(1);
        assertThat(events.events().get(0).transitions().get(0).to()).isEqualTo(RunState.SCHEDULED);
        assertThat(client().feed("c 1", 5).next()).isEqualTo("c2");
        assertThat(stub.asked("GET /api/v1/events").get(0).path()).isEqualTo("/api/v1/events?limit=5&after=c+1");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ftp://host/x",
                "http://user:secret@host/x",
                "http://host/x?token=secret",
                "http://host/x#secret",
                "relative",
                "http:opaque"
            })
    void anAddressThatIsNoneIsRefusedWithoutBeingQuoted(String address) {
        assertThatThrownBy(() -> LeaseholdClient.of(URI.create(address)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageNotContaining("secret");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{", "{} {}", "{\"a\":1,\"a\":2}", "nul"})
    void whatIsNoJsonIsNoPayload(String json) {
        assertThatThrownBy(() -> Payload.json(json)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void textThatCannotBeStoredIsNoPayload() {
        assertThatThrownBy(() -> Payload.text("a\u0000")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Payload.text("\uD83D")).isInstanceOf(IllegalArgumentException.class);
        assertThat(Payload.text("\uD83D\uDE00").bytes()).hasSize(4);
        byte[] latin = "é".getBytes(StandardCharsets.ISO_8859_1);
        assertThatThrownBy(() -> Payload.of(null, Payload.Form.TEXT, latin))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"7", "-1.50", "true", "null", "\"x\\n\"", "[1, 2]", "{\"a\" : {}}"})
    void documentsAreReadToTheByte(String json) throws Exception {
        String body = "{\"content_type\":null,\"future\":[{}], \"json\": " + json + " }";
        Payload read = Json.read(body.getBytes(StandardCharsets.UTF_8), Payload.class);
        assertThat(read.text()).isEqualTo(json);
        assertThat(new String(Json.write(read), StandardCharsets.UTF_8)).isEqualTo("{\"json\":" + json + "}");
    }

    @Test
    void pausesGrowUpToTheLongestAndAreShortenedByHalfAtMost() {
        Retries retries = new Retries(9, Duration.ofMillis(100), Duration.ofMillis(1000));
        for (int failures = 0; failures < 70; failures++) {
            long full = failures < 4 ? 100L << failures : 1000;
            assertThat(retries.pause(failures).toMillis()).isBetween(full / 2, full);
        }
        assertThat(retries.pause(0, Duration.ofMillis(900))).isEqualTo(Duration.ofMillis(900));
        assertThat(retries.pause(0, Duration.ofMillis(1001))).isNull();
        assertThat(retries.patient(0, Duration.ofSeconds(30))).isEqualTo(Duration.ofSeconds(30));
        assertThat(retries.patient(0, Duration.ofHours(1))).isEqualTo(Duration.ofMinutes(1));
        assertThat(retries.patient(9, Duration.ofMillis(1))).isGreaterThan(Duration.ofMillis(499));
    }

    private static String summary(UUID id) {
        return String.format(SUMMARY, id);
    }

    private static String key(Asked asked) {
        return asked.headers().get("Idempotency-Key");
    }

    private static List<String> keys(List<Asked> asked) {
        return asked.stream().map(LeaseholdClientTest::key).toList();
    }

    private LeaseholdClient client() {
        return LeaseholdClient.builder(stub.base())
                .retries(new Retries(3, Duration.ofMillis(5), Duration.ofSeconds(2)))
                .userAgent("me/1")
                .timeout(Duration.ofSeconds(10))
                .build();
    }
}

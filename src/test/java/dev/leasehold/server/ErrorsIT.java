package dev.leasehold.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.container.test.api.RunAsClient;
import org.jboss.arquillian.junit5.container.annotation.ArquillianTest;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.spec.EnterpriseArchive;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What the API answers to requests that cannot be, route by route; none of them stores anything. */
@ArquillianTest
@RunAsClient
@OneDatabase("requests are refused before a statement; what statements refuse is in the *Test of each command")
class ErrorsIT {

    private static final String NIL = "00000000-0000-0000-0000-000000000000";
    private static final String LEASES = "\"leases\":[{\"run_id\":\"@run\",\"fence\":1}]";
    private static final String ATTEMPTS = "\"attempts\":[{\"run_id\":\"@run\",\"fence\":1}]";
    private static final String REPORTS = "\"attempts\":[{\"run_id\":\"@run\",\"attempt_id\":\"@id\",\"fence\":1,"
            + "\"outcome\":{\"result\":\"success\"}}]";

    /** Every POST route, a member of it that is text, and what else its body must have. */
    enum Post {
        TASKS("tasks", "type", ""),
        TASKS_BATCH("tasks/batch", "tasks", ""),
        TASK_CANCEL("tasks/@task/cancel", "reason", ""),
        TASK_PAUSE("tasks/@task/pause", "reason", ""),
        TASK_RESUME("tasks/@task/resume", "reason", ""),
        TASK_FIRE("tasks/@task/fire", "reason", ""),
        PREVIEW("schedules/preview", "run_policy", ""),
        RUN_CANCEL("runs/@run/cancel", "reason", ""),
        RUN_RESUME("runs/@run/resume", "reason", ""),
        RUN_PRIORITY("runs/@run/priority", "reason", "\"priority\":1"),
        RUN_HOLD("runs/@run/hold", "reason", ""),
        RUN_UNHOLD("runs/@run/unhold", "reason", ""),
        RUN_NOW("runs/@run/run-now", "reason", ""),
        RUN_RESCHEDULE("runs/@run/reschedule", "reason", "\"scheduled_at\":1"),
        RUN_QUEUE("runs/@run/queue", "queue", ""),
        RUN_RERUN("runs/@run/rerun", "reason", ""),
        RUN_EVENTS("runs/@run/events", "events", ""),
        ENGINE_PAUSE("engine/pause", "reason", ""),
        ENGINE_RESUME("engine/resume", "reason", ""),
        LEASES("leases", "owner", ""),
        RENEW("leases/renew", "owner", ErrorsIT.LEASES),
        RELEASE("leases/release", "owner", ErrorsIT.LEASES),
        START("attempts/start", "owner", ErrorsIT.ATTEMPTS),
        FINISH("attempts/finish", "owner", ErrorsIT.REPORTS);

        private final String path;
        private final String text;
        private final String rest;

        Post(String path, String text, String rest) {
            this.path = "api/v1/" + path;
            this.text = text;
            this.rest = rest;
        }

        String noun() {
            return path.replaceFirst(".*/(\\w+)s/@.*", "$1");
        }

        boolean hasId() {
            return path.contains("@");
        }

        boolean isWorkers() {
            return text.equals("owner");
        }

        String invalid() {
            return this == TASKS ? "invalid_task" : "invalid_request";
        }

        /** A body in which nothing is wrong. */
        String body() {
            return body(member());
        }

        /** The member that is text, or the list of which there is one. */
        String member() {
            return "\"" + text + "\":"
                    + switch (this) {
                        case PREVIEW -> "{\"Cron\":{\"expression\":\"@daily\"}}";
                        case TASKS_BATCH -> "[{\"type\":\"t\"}]";
                        case RUN_EVENTS -> "[{\"event_id\":\"a\",\"event_type\":\"note.appended\"}]";
                        default -> "\"a\"";
                    };
        }

        /** A body in which nothing else is wrong than what those members say. */
        String body(String members) {
            return "{" + members + (rest.isEmpty() ? "" : ",") + rest + "}";
        }
    }

    /** What a request could do something to. */
    private record Subject(String task, String run) {
        String in(String text) {
            return text.replace("@task", task)
                    .replace("@run", run)
                    .replace("@nil", NIL)
                    .replace("@id", UUID.randomUUID().toString());
        }
    }

    private Subject subject;

    @ArquillianResource
    URI root;

    @Deployment(testable = false)
    static EnterpriseArchive ear() {
        return Archives.ear();
    }

    @AfterEach
    void clear() {
        if (subject != null) {
            api().post("api/v1/tasks/" + subject.task() + "/cancel", "");
        }
    }

    @ParameterizedTest
    @EnumSource
    void aBodyThatIsNoneOfTheRightKind(Post post) {
        unchanged(() -> {
            Stream.of("{", "", "{\"a\":1} {}", "{'a':1}", "\u00ff")
                    .filter(body -> !body.isEmpty() || !mayBeEmpty(post))
                    .forEach(body -> assertThat(refused(send(post, body), 400, "malformed_json")
                                    .has("line"))
                            .isTrue());
            Stream.of("[]", "null", "7", "\"text\"")
                    .forEach(body -> refused(send(post, body), 422, post.invalid(), "body"));
        });
    }

    private static boolean mayBeEmpty(Post post) {
        return !post.isWorkers() && post != Post.TASKS && post != Post.TASKS_BATCH && post != Post.PREVIEW;
    }

    @ParameterizedTest
    @EnumSource
    void aMemberThatCannotBe(Post post) {
        String right = post.member();
        unchanged(() -> {
            refused(send(post, post.body(right + ",\"bogus\":null")), 422, post.invalid(), "bogus");
            Stream.of("[]", "{}", "7", "\"a\\u0000\"", "\"a\\ud800\"", "\"\\udc00a\"", "\"" + "x".repeat(1001) + "\"")
                    .map(value -> "\"" + post.text + "\":" + value)
                    .forEach(member -> refused(send(post, post.body(member)), 422, post.invalid(), post.text));
            refused(send(post, post.body(right + "," + right)), 422, post.invalid(), post.text);
        });
    }

    @ParameterizedTest
    @EnumSource
    void aRequestThatIsTooLargeOrOfAnotherTypeOrMethod(Post post) {
        unchanged(() -> {
            refused(send(post, " ".repeat(17 << 20)), 413, "request_too_large");
            for (String type : List.of("text/plain", "application/json;charset=utf-16")) {
                refused(
                        api().send(request(post.path, "Content-Type", type, post.body())),
                        415,
                        "unsupported_media_type");
            }
            for (String method : List.of("PUT", "DELETE", "PATCH")) {
                Api.Answer answer = api().send(
                                HttpRequest.newBuilder(api().at(subject().in(post.path)))
                                        .method(method, BodyPublishers.noBody()));
                refused(answer, 405, "method_not_allowed");
                assertThat(answer.raw().headers().firstValue("Allow").orElse(""))
                        .contains("POST");
            }
        });
    }

    @ParameterizedTest
    @EnumSource
    void aHeaderThatIsNotObeyed(Post post) {
        unchanged(() -> {
            refusedHeader(post, "X-Tenant", "a/b", "not_supported_yet");
            refusedHeader(post, "Idempotency-Key", "a b", "invalid_request");
            refusedHeader(post, "Idempotency-Key", "k".repeat(256), "invalid_request");
            if (post.isWorkers()) {
                refusedHeader(post, "Idempotency-Key", "key", "invalid_request");
            }
            boolean versioned = post.noun().equals("run") || (post.noun().equals("task") && post != Post.TASK_CANCEL);
            refusedHeader(post, "If-Match", "1", versioned ? "invalid_request" : "not_supported_yet");
        });
    }

    private void refusedHeader(Post post, String header, String value, String error) {
        HttpRequest.Builder request =
                request(post.path, header, value, post.body()).header("Content-Type", "application/json");
        refused(api().send(request), 422, error, header);
    }

    static Stream<Post> withAnId() {
        return Arrays.stream(Post.values()).filter(Post::hasId);
    }

    @ParameterizedTest
    @MethodSource("withAnId")
    void anIdThatIsNobodys(Post post) {
        unchanged(() -> {
            for (String id : List.of("x", NIL, "1-1-1-1-1", UUID.randomUUID() + "0", "%20")) {
                JsonNode details = refused(
                        api().post(post.path.replaceFirst("@\\w+", id), post.body()),
                        400,
                        "invalid_" + post.noun() + "_id");
                assertThat(details.get(post.noun() + "_id").asText()).isEqualTo(id.replace("%20", " "));
            }
            refused(
                    api().post(post.path.replaceFirst("@\\w+", UUID.randomUUID().toString()), post.body()),
                    404,
                    post.noun() + "_not_found");
        });
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            tasks              | {"type":"t","id":"@nil"} | id
            tasks              | {"type":"t","metadata":{"tags":[""]}} | metadata.tags[0]
            tasks              | {"type":"t","constraints":{"timeout_secs":2592000.1}} | constraints.timeout_secs
            tasks              | {"type":"t","metadata":{"priority":2147483648}} | metadata.priority
            tasks              | {"type":"t","payload":{"json":1,"text":"a"}} | payload
            tasks              | {"type":"t","run_policy":{"Repeat":{"count":999,"interval_secs":316224000}}} | run_policy.Repeat.interval_secs
            tasks              | {"type":"t","depends_on":["@id"]} | depends_on
            runs/@run/priority | {} | priority
            runs/@run/priority | {"priority":2147483648} | priority
            runs/@run/priority | {"priority":1.5} | priority
            runs/@run/cancel   | {"reason":""} | reason
            runs/@run/reschedule | {} | scheduled_at
            runs/@run/reschedule | {"scheduled_at":-1} | scheduled_at
            runs/@run/reschedule | {"scheduled_at":253402300800} | scheduled_at
            runs/@run/queue    | {} | queue
            runs/@run/queue    | {"queue":"a b"} | queue
            runs/@run/events   | {"events":[{"event_id":"a","event_type":"run.held"}]} | events[0].event_type
            tasks/batch        | {"tasks":[]} | tasks
            engine/pause       | {"queue":"a b"} | queue
            engine/pause       | {"queue":""} | queue
            leases             | {"owner":"w","max":1001} | max
            leases             | {"owner":"w","lease_secs":2.9} | lease_secs
            leases             | {"owner":"w","wait_secs":60.1} | wait_secs
            leases             | {"owner":"w","claim_id":"@nil"} | claim_id
            leases             | {"owner":"w","types":["a b"]} | types[0]
            leases/renew       | {"owner":"w","leases":[]} | leases
            leases/renew       | {"owner":"w","lease_secs":86401,"leases":[{"run_id":"@run","fence":1}]} | lease_secs
            leases/renew       | {"owner":"w","leases":[{"run_id":"@nil","fence":1}]} | leases[0].run_id
            leases/release     | {"owner":"w","leases":[{"run_id":"@run"}]} | leases[0].fence
            leases/release     | {"owner":"w","leases":[{"run_id":"@run","fence":-1}]} | leases[0].fence
            leases/release     | {"owner":"w","lease_secs":5,"leases":[{"run_id":"@run","fence":1}]} | lease_secs
            attempts/start     | {"owner":"w","attempts":[{"run_id":"x","fence":1}]} | attempts[0].run_id
            attempts/start     | {"owner":"w","attempts":[{"run_id":"@run","fence":"1"}]} | attempts[0].fence
            attempts/finish    | {"owner":"w","attempts":[{"run_id":"@run","attempt_id":"@nil","fence":1,"outcome":{"result":"success"}}]} | attempts[0].attempt_id
            attempts/finish    | {"owner":"w","attempts":[{"run_id":"@run","attempt_id":"@id","fence":1,"outcome":{"result":"no"}}]} | attempts[0].outcome.result
            """)
    void aLimitThatIsExceeded(String path, String body, String field) {
        String error = field.equals("depends_on")
                ? "not_supported_yet"
                : path.equals("tasks") ? "invalid_task" : "invalid_request";
        unchanged(() ->
                refused(api().post("api/v1/" + subject().in(path), subject().in(body)), 422, error, field));
    }

    @Test
    void morePayloadThanATaskMayCarry() {
        unchanged(() -> {
            for (int size : List.of((1 << 20) + 1, 2 << 20)) {
                String text = "{\"type\":\"t\",\"payload\":{\"text\":\"" + "x".repeat(size) + "\"}}";
                refused(api().post("api/v1/tasks", text), 413, "payload_too_large", "payload");
            }
        });
    }

    @Test
    void moreItemsThanARequestMayHave() {
        String item = "{\"run_id\":\"" + UUID.randomUUID() + "\",\"fence\":1}";
        for (String path : List.of("leases/renew", "leases/release", "attempts/start")) {
            String list = path.substring(0, path.indexOf('/'));
            String body = "{\"owner\":\"w\",\"" + list + "\":[" + (item + ",").repeat(999) + item + "%s]}";
            assertThat(api().post("api/v1/" + path, body.formatted("")).body().get("results"))
                    .hasSize(1000);
            refused(api().post("api/v1/" + path, body.formatted("," + item)), 422, "invalid_request", list);
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            GET    | api/v1/leases               | 405 | method_not_allowed
            POST   | api/v1/events               | 405 | method_not_allowed
            POST   | api/v1/runs/x/verify        | 405 | method_not_allowed
            DELETE | api/v1/runs/x/events        | 405 | method_not_allowed
            GET    | api/v1/engine/pause         | 405 | method_not_allowed
            POST   | api/v1/nodes                | 405 | method_not_allowed
            POST   | api/v1/stats                | 405 | method_not_allowed
            POST   | api/v1/runs                 | 405 | method_not_allowed
            DELETE | api/v1/runs/x               | 405 | method_not_allowed
            GET    | api/v1/runs/x/cancel        | 405 | method_not_allowed
            POST   | api/v1/runs/x/nothing       | 404 | not_found
            POST   | api/v1/engine               | 404 | not_found
            POST   | api/v1/attempts             | 404 | not_found
            POST   | api/v1                      | 404 | not_found
            """)
    void aPathOrMethodThatIsNotThere(String method, String path, int status, String error) {
        Api.Answer answer = api().send(HttpRequest.newBuilder(api().at(path))
                .header("Content-Type", "application/json")
                .method(method, BodyPublishers.noBody()));
        refused(answer, status, error);
        assertThat(answer.raw().headers().firstValue("Allow").isPresent()).isEqualTo(status == 405);
    }

    /** What stands there stays as it is: a run that whoever asks without types would get, its task, all counts, the pauses. */
    private void unchanged(Runnable requests) {
        List<JsonNode> before = state();
        requests.run();
        assertThat(state()).isEqualTo(before);
        assertThat(api().post("api/v1/engine/resume", "").body().get("status").asText())
                .isEqualTo("already_resumed");
    }

    private List<JsonNode> state() {
        Subject subject = subject();
        JsonNode stats = api().get("api/v1/stats").body();
        return List.of(
                stats.get("total_tasks"),
                stats.get("total_runs"),
                stats.get("attempts_total"),
                api().get("api/v1/runs/" + subject.run()).body(),
                api().get("api/v1/tasks/" + subject.task()).body());
    }

    /** A task whose run is ready, and which nobody here handles. */
    private Subject subject() {
        if (subject == null) {
            String task = api().submit("{\"type\":\"errors.nobody\",\"metadata\":{\"priority\":2147483647}}");
            subject = new Subject(task, api().runOf(task).get("run_id").asText());
        }
        return subject;
    }

    private Api.Answer send(Post post, String body) {
        return api().post(subject().in(post.path), subject().in(body));
    }

    private HttpRequest.Builder request(String path, String header, String value, String body) {
        return HttpRequest.newBuilder(api().at(subject().in(path)))
                .header(header, value)
                .POST(BodyPublishers.ofString(subject().in(body)));
    }

    private static void refused(Api.Answer answer, int status, String error, String field) {
        assertThat(refused(answer, status, error).get("field"))
                .as(answer.raw().body())
                .isEqualTo(TextNode.valueOf(field));
    }

    private static JsonNode refused(Api.Answer answer, int status, String error) {
        assertThat(answer.status() + " " + answer.raw().body())
                .startsWith(String.valueOf(status))
                .contains("\"error\":\"" + error + "\"");
        assertThat(answer.body().has("message")).isTrue();
        assertThat(answer.body().get("details").isObject()).isTrue();
        return answer.body().get("details");
    }

    private Api api() {
        return new Api(root);
    }
}

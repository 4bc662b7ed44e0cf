package dev.leasehold.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.container.test.api.RunAsClient;
import org.jboss.arquillian.junit5.container.annotation.ArquillianTest;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.spec.EnterpriseArchive;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What the API answers to requests that cannot be, route by route; none of them stores anything. */
@ArquillianTest
@RunAsClient
class ErrorsIT {

    private static final String NIL = "00000000-0000-0000-0000-000000000000";
    private static final String AHEAD = "AUAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";
    private static final String WORD = "\"%s\":\"%s\"";

    /** Every POST route, and a member of it that is text. */
    enum Post {
        TASKS("tasks", "type"),
        TASKS_BATCH("tasks/batch", "tasks"),
        TASK_CANCEL("tasks/{task}/cancel", "reason"),
        TASK_PAUSE("tasks/{task}/pause", "reason"),
        TASK_RESUME("tasks/{task}/resume", "reason"),
        TASK_FIRE("tasks/{task}/fire", "reason"),
        PREVIEW("schedules/preview", "run_policy"),
        RUN_CANCEL("runs/{run}/cancel", "reason"),
        RUN_RESUME("runs/{run}/resume", "reason"),
        RUN_PRIORITY("runs/{run}/priority", "reason"),
        RUN_HOLD("runs/{run}/hold", "reason"),
        RUN_UNHOLD("runs/{run}/unhold", "reason"),
        RUN_NOW("runs/{run}/run-now", "reason"),
        RUN_RESCHEDULE("runs/{run}/reschedule", "reason"),
        RUN_QUEUE("runs/{run}/queue", "queue"),
        RUN_RERUN("runs/{run}/rerun", "reason"),
        RUN_EVENTS("runs/{run}/events", "events"),
        ENGINE_PAUSE("engine/pause", "reason"),
        ENGINE_RESUME("engine/resume", "reason"),
        LEASES("leases", "owner"),
        RENEW("leases/renew", "owner"),
        RELEASE("leases/release", "owner"),
        START("attempts/start", "owner"),
        FINISH("attempts/finish", "owner");

        private final String path;
        private final String text;

        Post(String path, String text) {
            this.path = path;
            this.text = text;
        }

        String path(String id) {
            return "api/v1/" + path.replaceFirst("\\{\\w+}", id);
        }

        String noun() {
            return path.replaceFirst("s/.*", "");
        }

        boolean hasId() {
            return path.contains("{");
        }

        boolean isWorkers() {
            return text.equals("owner");
        }

        String invalid() {
            return this == TASKS ? "invalid_task" : "invalid_request";
        }
    }

    @ArquillianResource
    URI root;

    @Deployment(testable = false)
    static EnterpriseArchive ear() {
        return Archives.ear();
    }

    @ParameterizedTest
    @EnumSource
    void aBodyThatCannotBe(Post post) {
        String path = post.path(UUID.randomUUID().toString());
        unchanged(() -> {
            Stream.of("{", "", "{\"a\":1} {}", "{'a':1}", "\u00ff")
                    .filter(body -> !body.isEmpty() || !mayBeEmpty(post))
                    .forEach(body -> refused(api().post(path, body), 400, "malformed_json"));
            Stream.of(
                            "[]",
                            "null",
                            "7",
                            "\"text\"",
                            "{\"bogus\":null}",
                            "{\"" + post.text + "\":[]}",
                            "{\"" + post.text + "\":{}}",
                            "{\"" + post.text + "\":7}",
                            "{" + WORD.formatted(post.text, "a\\u0000") + "}",
                            "{" + WORD.formatted(post.text, "a\\ud800") + "}",
                            "{" + WORD.formatted(post.text, "\\udc00a") + "}",
                            "{" + WORD.formatted(post.text, "a") + "," + WORD.formatted(post.text, "a") + "}",
                            "{" + WORD.formatted(post.text, "x".repeat(1001)) + "}")
                    .forEach(body -> refused(api().post(path, body), 422, post.invalid()));
        });
    }

    private static boolean mayBeEmpty(Post post) {
        return !post.isWorkers() && post != Post.TASKS && post != Post.TASKS_BATCH && post != Post.PREVIEW;
    }

    @ParameterizedTest
    @EnumSource
    void aRequestThatIsTooLargeOrOfAnotherTypeOrMethod(Post post) {
        String path = post.path(UUID.randomUUID().toString());
        unchanged(() -> {
            refused(api().post(path, " ".repeat(17 << 20)), 413, "request_too_large");
            refused(api().send(request(path, "Content-Type", "text/plain", "{}")), 415, "unsupported_media_type");
            refused(
                    api().send(request(path, "Content-Type", "application/json;charset=utf-16", "{}")),
                    415,
                    "unsupported_media_type");
            for (String method : List.of("PUT", "DELETE", "PATCH")) {
                Api.Answer answer =
                        api().send(HttpRequest.newBuilder(api().at(path)).method(method, BodyPublishers.noBody()));
                refused(answer, 405, "method_not_allowed");
                assertThat(answer.raw().headers().firstValue("Allow").orElse(""))
                        .contains("POST");
            }
        });
    }

    @ParameterizedTest
    @EnumSource
    void aHeaderThatIsNotObeyed(Post post) {
        String path = post.path(UUID.randomUUID().toString());
        unchanged(() -> {
            refused(api().send(json(path, "X-Tenant", "a/b")), 422, "not_supported_yet");
            refused(api().send(json(path, "Idempotency-Key", "a b")), 422, "invalid_request");
            refused(api().send(json(path, "Idempotency-Key", "k".repeat(256))), 422, "invalid_request");
            if (post.isWorkers()) {
                refused(api().send(json(path, "Idempotency-Key", "key")), 422, "invalid_request");
            }
            boolean versioned = post.hasId() && post != Post.TASK_CANCEL;
            refused(api().send(json(path, "If-Match", "1")), 422, versioned ? "invalid_request" : "not_supported_yet");
        });
    }

    @ParameterizedTest
    @EnumSource
    void anIdThatIsNobodys(Post post) {
        if (!post.hasId()) {
            return;
        }
        unchanged(() -> {
            String body = switch (post) {
                case RUN_PRIORITY -> "{\"priority\":1}";
                case RUN_RESCHEDULE -> "{\"scheduled_at\":1}";
                case RUN_QUEUE -> "{\"queue\":\"q\"}";
                case RUN_EVENTS -> "{\"events\":[{\"event_id\":\"a\",\"event_type\":\"note.appended\"}]}";
                default -> "{}";
            };
            for (String id : List.of("x", NIL, "1-1-1-1-1", UUID.randomUUID() + "0", "%20")) {
                refused(api().post(post.path(id), body), 400, "invalid_" + post.noun() + "_id");
            }
            refused(api().post(post.path(UUID.randomUUID().toString()), body), 404, post.noun() + "_not_found");
        });
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            tasks            | {"type":"t","id":"@nil"}                              | 422 | invalid_task
            tasks            | {"type":"t","metadata":{"tags":[""]}}                 | 422 | invalid_task
            tasks            | {"type":"t","constraints":{"timeout_secs":2592000.1}} | 422 | invalid_task
            tasks            | {"type":"t","metadata":{"priority":2147483648}}       | 422 | invalid_task
            tasks            | {"type":"t","payload":{"json":1,"text":"a"}}          | 422 | invalid_task
            tasks            | {"type":"t","depends_on":["@id"]}                     | 422 | not_supported_yet
            runs/@id/priority | {}                                                   | 422 | invalid_request
            runs/@id/priority | {"priority":2147483648}                              | 422 | invalid_request
            runs/@id/priority | {"priority":1.5}                                     | 422 | invalid_request
            runs/@id/cancel  | {"reason":""}                                         | 422 | invalid_request
            runs/@id/reschedule | {}                                                 | 422 | invalid_request
            runs/@id/reschedule | {"scheduled_at":-1}                                | 422 | invalid_request
            runs/@id/reschedule | {"scheduled_at":253402300800}                      | 422 | invalid_request
            runs/@id/queue   | {}                                                    | 422 | invalid_request
            runs/@id/queue   | {"queue":"a b"}                                       | 422 | invalid_request
            runs/@id/events  | {"events":[{"event_id":"a","event_type":"run.held"}]} | 422 | invalid_request
            tasks/batch      | {"tasks":[]}                                          | 422 | invalid_request
            engine/pause     | {"queue":"a b"}                                       | 422 | invalid_request
            engine/pause     | {"queue":""}                                          | 422 | invalid_request
            leases           | {"owner":"w","max":1001}                              | 422 | invalid_request
            leases           | {"owner":"w","lease_secs":2.9}                        | 422 | invalid_request
            leases           | {"owner":"w","wait_secs":60.1}                        | 422 | invalid_request
            leases           | {"owner":"w","claim_id":"@nil"}                       | 422 | invalid_request
            leases           | {"owner":"w","types":["a b"]}                         | 422 | invalid_request
            leases/renew     | {"owner":"w","leases":[]}                             | 422 | invalid_request
            leases/renew     | {"owner":"w","lease_secs":86401,"leases":[{"run_id":"@id","fence":1}]} | 422 | invalid_request
            leases/renew     | {"owner":"w","leases":[{"run_id":"@nil","fence":1}]}  | 422 | invalid_request
            leases/release   | {"owner":"w","leases":[{"run_id":"@id"}]}             | 422 | invalid_request
            leases/release   | {"owner":"w","leases":[{"run_id":"@id","fence":-1}]}  | 422 | invalid_request
            leases/release   | {"owner":"w","lease_secs":5,"leases":[{"run_id":"@id","fence":1}]} | 422 | invalid_request
            attempts/start   | {"owner":"w","attempts":[{"run_id":"x","fence":1}]}   | 422 | invalid_request
            attempts/start   | {"owner":"w","attempts":[{"run_id":"@id","fence":"1"}]} | 422 | invalid_request
            attempts/finish  | {"owner":"w","attempts":[{"run_id":"@id","attempt_id":"@nil","fence":1}]} | 422 | invalid_request
            attempts/finish  | {"owner":"w","attempts":[{"run_id":"@id","attempt_id":"@id","fence":1,"outcome":{"result":"no"}}]} | 422 | invalid_request
            """)
    void aLimitThatIsExceeded(String path, String body, int status, String error) {
        String id = UUID.randomUUID().toString();
        unchanged(() -> refused(
                api().post(
                                "api/v1/" + path.replace("@id", id),
                                body.replace("@id", id).replace("@nil", NIL)),
                status,
                error));
    }

    @Test
    void morePayloadThanATaskMayCarry() {
        unchanged(() -> {
            for (int size : List.of((1 << 20) + 1, 2 << 20)) {
                String text = "{\"type\":\"t\",\"payload\":{\"text\":\"" + "x".repeat(size) + "\"}}";
                refused(api().post("api/v1/tasks", text), 413, "payload_too_large");
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
            refused(api().post("api/v1/" + path, body.formatted("," + item)), 422, "invalid_request");
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            events?limit=0                | 422 | invalid_pagination
            events?limit=1001             | 422 | invalid_pagination
            events?limit=x                | 422 | invalid_pagination
            events?after=                 | 422 | invalid_pagination
            events?after=7                | 422 | invalid_pagination
            events?after=%00              | 422 | invalid_pagination
            events?after=@ahead           | 422 | invalid_pagination
            events?event_type=run.done    | 422 | invalid_request
            events?run_id=x               | 422 | invalid_request
            events?task_id=x              | 422 | invalid_request
            runs/@id/events               | 404 | run_not_found
            runs/@id/events?limit=x       | 422 | invalid_pagination
            runs/@id/events?tail=x        | 422 | invalid_pagination
            runs/@id/events?after_seq=x   | 422 | invalid_pagination
            runs/@id/events?since_seq=x   | 422 | invalid_pagination
            runs/@id/events?before_seq=x  | 422 | invalid_pagination
            runs/x/events                 | 400 | invalid_run_id
            runs/@nil/events              | 400 | invalid_run_id
            runs/@id/verify               | 404 | run_not_found
            runs/x/verify                 | 400 | invalid_run_id
            runs/@nil/verify              | 400 | invalid_run_id
            """)
    void aReadThatCannotBe(String path, int status, String error) {
        refused(
                api().get("api/v1/"
                        + path.replace("@id", UUID.randomUUID().toString())
                                .replace("@nil", NIL)
                                .replace("@ahead", AHEAD)),
                status,
                error);
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

    private void unchanged(Runnable requests) {
        List<JsonNode> before = counts();
        requests.run();
        assertThat(counts()).isEqualTo(before);
    }

    private List<JsonNode> counts() {
        JsonNode stats = api().get("api/v1/stats").body();
        return List.of(stats.get("total_tasks"), stats.get("total_runs"), stats.get("attempts_total"));
    }

    private HttpRequest.Builder json(String path, String header, String value) {
        return request(path, header, value, "{}").header("Content-Type", "application/json");
    }

    private HttpRequest.Builder request(String path, String header, String value, String body) {
        return HttpRequest.newBuilder(api().at(path)).header(header, value).POST(BodyPublishers.ofString(body));
    }

    private static void refused(Api.Answer answer, int status, String error) {
        assertThat(answer.status() + " " + answer.raw().body())
                .startsWith(String.valueOf(status))
                .contains("\"error\":\"" + error + "\"");
        assertThat(answer.body().has("message")).isTrue();
        assertThat(answer.body().get("details").isObject()).isTrue();
    }

    private Api api() {
        return new Api(root);
    }
}

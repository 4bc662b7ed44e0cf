package dev.leasehold.server;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.UUID;

/** A worker over HTTP, with a task type of its own. */
final class Worker {

    private final Api api;
    private final String owner;
    private final String type;

    Worker(Api api, String owner, String type) {
        this.api = api;
        this.owner = owner;
        this.type = type;
    }

    /** Another worker for the same tasks. */
    Worker named(String other) {
        return new Worker(api, other, type);
    }

    String submit() {
        return submit("");
    }

    /** Submits a task with further members, which begin with a comma, and answers its run's id. */
    String submit(String more) {
        String task = api.submit("{\"type\":\"" + type + "\"" + more + "}");
        return api.runOf(task).get("run_id").asText();
    }

    JsonNode lease(int max) {
        return lease(",\"max\":" + max);
    }

    /** Claims with further members, which begin with a comma. */
    JsonNode lease(String more) {
        return ok("leases", ",\"types\":[\"" + type + "\"]" + more).get("leases");
    }

    JsonNode renew(JsonNode lease) {
        return one("leases/renew", "leases", named(lease));
    }

    JsonNode release(JsonNode lease) {
        return one("leases/release", "leases", named(lease));
    }

    JsonNode start(JsonNode lease) {
        return one("attempts/start", "attempts", named(lease));
    }

    JsonNode finish(JsonNode lease, JsonNode attempt, String outcome) {
        return one("attempts/finish", "attempts", report(lease, attempt, outcome));
    }

    /** Sends that list and answers the results. */
    JsonNode results(String path, String list, String items) {
        return ok(path, ",\"" + list + "\":[" + items + "]").get("results");
    }

    static String named(JsonNode lease) {
        return "{\"run_id\":" + lease.get("run_id") + ",\"fence\":" + lease.get("fence") + "}";
    }

    static String report(JsonNode lease, JsonNode attempt, String outcome) {
        return "{\"run_id\":" + lease.get("run_id") + ",\"attempt_id\":" + attempt.get("attempt_id") + ",\"fence\":"
                + lease.get("fence") + ",\"outcome\":" + outcome + "}";
    }

    static String anyId() {
        return "\"" + UUID.randomUUID() + "\"";
    }

    private JsonNode one(String path, String list, String item) {
        return results(path, list, item).get(0);
    }

    private JsonNode ok(String path, String more) {
        Api.Answer answer = api.post("api/v1/" + path, "{\"owner\":\"" + owner + "\"" + more + "}");
        if (answer.status() != 200) {
            throw new IllegalStateException(answer.status() + " " + answer.raw().body());
        }
        return answer.body();
    }
}

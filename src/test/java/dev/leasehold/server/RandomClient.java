package dev.leasehold.server;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.leasehold.run.Tenures;
import java.math.BigDecimal;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;

/**
 * A client of two nodes that is worker, submitter and operator as dice fall. It knows which answers it may get, and
 * remembers what it was told of its leases.
 */
final class RandomClient {

    static final List<String> TYPES = List.of("walk.a", "walk.b", "walk.c");
    static final List<String> QUEUES = List.of("slow", "fast");
    /** The limits of the first two change; the others' names tell the invariants that theirs do not. */
    static final List<String> KEYS = List.of("some1", "some2", "only1", "only2", "only3");

    private static final int ALIVE = 50;
    private static final int MOST_REPEATS = 5;
    private static final Duration GRACE = Duration.ofSeconds(1);

    /** A run in hand; when an answer about it was missing, it may have been moved without our knowing. */
    private static final class Held {
        private final String run;
        private final long fence;
        private String attempt;
        private boolean unsure;

        Held(JsonNode lease) {
            run = lease.get("run_id").asText();
            fence = lease.get("fence").asLong();
            attempt = lease.path("attempt_id").asText("");
        }

        String json(long otherFence) {
            return "{\"run_id\":\"" + run + "\",\"fence\":" + otherFence + "}";
        }

        UUID id() {
            return UUID.fromString(run);
        }
    }

    private final List<Api> nodes;
    private final String name;
    private final Random random;
    private final Tenures tenures;
    private final Supplier<List<UUID>> alive;
    private final Map<String, Held> held = new LinkedHashMap<>();
    private final List<String> surprises = new ArrayList<>();
    private int unanswered;

    RandomClient(List<Api> nodes, String name, Random random, Tenures tenures, Supplier<List<UUID>> alive) {
        this.nodes = nodes;
        this.name = name;
        this.random = random;
        this.tenures = tenures;
        this.alive = alive;
    }

    /** Answers that may not be. */
    List<String> surprises() {
        return surprises;
    }

    /** How often a node could not say what became of a command. */
    int unanswered() {
        return unanswered;
    }

    int walk(int commands) {
        for (int i = 0; i < commands; i++) {
            try {
                step();
            } catch (RuntimeException e) {
                surprises.add(name + ": COMMANDS_ANSWER: " + e);
            }
        }
        return held.size();
    }

    private void step() {
        switch (random.nextInt(20)) {
            case 0, 1, 2, 3 -> submitOrClaim();
            case 4, 5, 6 -> claim(random.nextBoolean(), 1 + random.nextInt(3));
            case 7, 8 -> start();
            case 9, 10 -> renew();
            case 11, 12, 13 -> finish();
            case 14 -> finishWrongly();
            case 15 -> release();
            case 16, 17 -> order();
            case 18 -> limit();
            default -> pauseAndResume();
        }
    }

    private void submitOrClaim() {
        if (alive.get().size() >= ALIVE) {
            claim(true, 2);
            return;
        }
        String task = "{\"id\":\"" + UUID.randomUUID() + "\",\"type\":\"" + pick(TYPES) + "\",\"queue\":\""
                + pick(QUEUES) + "\"" + when() + gates() + ",\"metadata\":{\"priority\":" + random.nextInt(5) + "}}";
        for (int i = 0; i < MOST_REPEATS; i++) {
            if (send("POST", "tasks", task, Set.of(200, 201)).isPresent()) {
                return;
            }
        }
    }

    private String when() {
        return switch (random.nextInt(6)) {
            case 0 -> ",\"scheduled_at\":" + seconds(random.nextInt(2000));
            case 1 -> ",\"expires_at\":" + seconds(1 + random.nextInt(5000));
            case 2 -> ",\"run_policy\":{\"Repeat\":{\"count\":2,\"interval_secs\":1}}";
            case 3 -> ",\"rate\":{\"name\":\"walk\",\"limit\":" + (1 + random.nextInt(4)) + ",\"period_secs\":1}";
            default -> "";
        };
    }

    private static String seconds(int millisFromNow) {
        return BigDecimal.valueOf(System.currentTimeMillis() + millisFromNow, 3).toPlainString();
    }

    private String gates() {
        String key = random.nextBoolean()
                ? ""
                : ",\"concurrency_key\":\"" + pick(KEYS) + "\",\"concurrency_key_hold_policy\":\""
                        + pick(List.of("HoldDuringRetry", "ReleaseOnRetry")) + "\"";
        return ",\"constraints\":{\"max_attempts\":" + (1 + random.nextInt(3))
                + ",\"backoff\":{\"strategy\":\"fixed\",\"delay_secs\":0." + (1 + random.nextInt(9)) + ",\"jitter\":0}"
                + (random.nextInt(4) > 0 ? "" : ",\"timeout_secs\":" + (1 + random.nextInt(2)))
                + (random.nextInt(8) > 0 ? "" : ",\"required_capabilities\":[\"gpu\"]")
                + key + "}";
    }

    /** Claims, now and then under an id, with which it asks again until it is answered. */
    void claim(boolean start, int max) {
        boolean repeatable = random.nextInt(3) == 0;
        String body = "\"max\":" + max + ",\"lease_secs\":3,\"start\":" + start
                + (random.nextBoolean() ? "" : ",\"capabilities\":[\"gpu\",\"tpu\"]")
                + (repeatable ? ",\"claim_id\":\"" + UUID.randomUUID() + "\"" : "");
        Optional<JsonNode> answer = own("leases", body);
        for (int i = 0; i < MOST_REPEATS && repeatable && answer.isEmpty(); i++) {
            answer = own("leases", body);
        }
        for (JsonNode lease : answer.map(one -> one.get("leases")).orElse(none())) {
            Held one = new Held(lease);
            Held before = held.put(one.run, one);
            expect("a run is claimed under a fence that is not new", before == null || before.fence < one.fence);
            tenures.granted(name, one.id(), one.fence, instant(lease.get("expiry")));
        }
    }

    private static JsonNode none() {
        return MissingNode.getInstance();
    }

    private void start() {
        Held one = any(false);
        if (one == null) {
            return;
        }
        boolean wrong = random.nextInt(4) == 0;
        JsonNode result = one("attempts/start", "attempts", one.json(wrong ? one.fence + 1 : one.fence), one, "");
        String status = result.path("status").asText();
        if (wrong) {
            expect("FENCE: a wrong start is accepted", !status.equals("started"));
        } else if (status.equals("started")) {
            one.attempt = result.get("attempt_id").asText();
            if (result.hasNonNull("deadline")) {
                tenures.bounded(
                        one.id(), one.fence, instant(result.get("deadline")).plus(GRACE));
            }
        } else if (!result.isMissingNode()) {
            lost("a start of its own", one, result.path("details").path("reason"));
        }
    }

    private void renew() {
        Held one = any(random.nextBoolean());
        if (one == null) {
            return;
        }
        boolean wrong = random.nextInt(4) == 0;
        JsonNode result =
                one("leases/renew", "leases", one.json(wrong ? one.fence - 1 : one.fence), one, ",\"lease_secs\":3");
        if (wrong) {
            expect(
                    "FENCE: a wrong renewal is accepted",
                    !result.path("status").asText().equals("renewed"));
        } else if (result.path("status").asText().equals("renewed")) {
            tenures.kept(one.id(), one.fence, instant(result.get("expiry")));
        } else if (!result.isMissingNode()) {
            lost("a renewal of its own", one, result.path("reason"));
        }
    }

    private void release() {
        Held one = any(false);
        if (one != null) {
            JsonNode result = one("leases/release", "leases", one.json(one.fence), one, "");
            if (result.path("status").asText().equals("released")) {
                held.remove(one.run);
            } else if (!result.isMissingNode()) {
                lost("a release of its own", one, result.path("reason"));
            }
        }
    }

    private void finish() {
        Held one = any(true);
        if (one != null) {
            finish(one, outcome(), random.nextInt(4) == 0);
        }
    }

    /** Reports success of whatever it has started. */
    void finishAll() {
        for (Held one : List.copyOf(held.values())) {
            if (one.attempt.isEmpty()) {
                held.remove(one.run);
            } else {
                finish(one, "{\"result\":\"success\"}", false);
            }
        }
    }

    /** Reports until it is answered, and once more where it is to be repeated. */
    private void finish(Held one, String outcome, boolean again) {
        String item = report(one, one.fence, one.attempt, outcome);
        JsonNode result = none();
        for (int i = 0; i < MOST_REPEATS && result.isMissingNode(); i++) {
            result = one("attempts/finish", "attempts", item, one, "");
        }
        if (result.path("status").asText().equals("accepted")) {
            expect("a first report is a duplicate", one.unsure || !result.has("duplicate"));
            tenures.reported(one.id(), one.fence, UUID.fromString(one.attempt));
            held.remove(one.run);
            JsonNode second = again ? one("attempts/finish", "attempts", item, one, "") : none();
            expect("a repeated report is no duplicate", second.isMissingNode() || second.has("duplicate"));
        } else if (!result.isMissingNode()) {
            lost("a finish of its own", one, result.path("details").path("reason"));
        }
    }

    private void finishWrongly() {
        Held one = any(true);
        if (one != null) {
            boolean fence = random.nextBoolean();
            String attempt = fence ? one.attempt : UUID.randomUUID().toString();
            long number = fence ? one.fence + (random.nextBoolean() ? 1 : -1) : one.fence;
            JsonNode result = one("attempts/finish", "attempts", report(one, number, attempt, outcome()), one, "");
            expect(
                    "FENCE: a wrong finish is accepted",
                    !result.path("status").asText().equals("accepted"));
        }
    }

    private static String report(Held one, long fence, String attempt, String outcome) {
        return "{\"run_id\":\"" + one.run + "\",\"attempt_id\":\"" + attempt + "\",\"fence\":" + fence + ",\"outcome\":"
                + outcome + "}";
    }

    private String outcome() {
        return switch (random.nextInt(6)) {
            case 0, 1 -> "{\"result\":\"success\",\"output\":{\"text\":\"done\"}}";
            case 2 -> "{\"result\":\"retryable_failure\",\"error\":\"no\",\"retry_in_secs\":0.2}";
            case 3 -> "{\"result\":\"terminal_failure\",\"error\":\"never\"}";
            case 4 -> "{\"result\":\"timeout\",\"error\":\"late\"}";
            default -> "{\"result\":\"suspended\",\"resume_in_secs\":0.3}";
        };
    }

    private void order() {
        List<UUID> runs = alive.get();
        if (!runs.isEmpty()) {
            String order = pick(List.of("cancel", "resume", "hold", "unhold", "unhold", "priority"));
            String body = order.equals("priority") ? "{\"priority\":" + random.nextInt(9) + "}" : "{}";
            send("POST", "runs/" + pick(runs) + "/" + order, body, Set.of(200, 409));
        }
    }

    private void limit() {
        String most = "{\"limit\":" + (random.nextInt(3) == 0 ? "null" : random.nextInt(4)) + "}";
        switch (random.nextInt(3)) {
            case 0 -> put("limits/key/" + KEYS.get(random.nextInt(2)), most);
            case 1 -> put("limits/type/" + pick(TYPES), most);
            default -> put("queues/" + pick(QUEUES), most);
        }
    }

    private void pauseAndResume() {
        String what = pick(List.of("{}", "{\"queue\":\"slow\"}", "{\"queue\":\"fast\"}"));
        send("POST", "engine/pause", what, Set.of(200));
        claim(true, 1);
        for (int i = 0; i < MOST_REPEATS; i++) {
            if (send("POST", "engine/resume", what, Set.of(200)).isPresent()) {
                return;
            }
        }
    }

    /** Opens every gate, on any node. */
    void open() {
        KEYS.forEach(key -> put("limits/key/" + key, "{\"limit\":50}"));
        TYPES.forEach(type -> put("limits/type/" + type, "{\"limit\":null}"));
        QUEUES.forEach(queue -> put("queues/" + queue, "{\"limit\":null,\"paused\":false}"));
        send("POST", "engine/resume", "{}", Set.of(200));
    }

    void order(UUID run, String order) {
        send("POST", "runs/" + run + "/" + order, "{}", Set.of(200, 409));
    }

    /** One that it has in hand; null where it has none such, and claimed some instead. */
    private Held any(boolean started) {
        List<Held> some = held.values().stream()
                .filter(one -> one.attempt.isEmpty() != started)
                .toList();
        if (some.isEmpty()) {
            claim(started, 2);
            return null;
        }
        return pick(some);
    }

    /** A lease is lost by cancellation or expiry only, unless an answer about it got lost. */
    private void lost(String what, Held one, JsonNode reason) {
        expect(
                what + " is refused for " + reason,
                one.unsure || Set.of("canceled", "expired").contains(reason.asText()));
        held.remove(one.run);
    }

    private JsonNode one(String path, String list, String item, Held about, String more) {
        Optional<JsonNode> answer = own(path, "\"" + list + "\":[" + item + "]" + more);
        if (answer.isEmpty()) {
            about.unsure = true;
            tenures.unsure(about.id(), about.fence);
        }
        return answer.map(one -> one.get("results").get(0)).orElse(none());
    }

    private Optional<JsonNode> own(String path, String more) {
        return send("POST", path, "{\"owner\":\"" + name + "\"," + more + "}", Set.of(200));
    }

    private void put(String path, String body) {
        for (int i = 0; i < MOST_REPEATS; i++) {
            if (send("PUT", path, body, Set.of(200)).isPresent()) {
                return;
            }
        }
    }

    /** The answer; nothing where the node lost its connection and says that it does not know, which it may. */
    private Optional<JsonNode> send(String method, String path, String body, Set<Integer> allowed) {
        Api node = pick(nodes);
        Api.Answer answer = node.send(HttpRequest.newBuilder(node.at("api/v1/" + path))
                .header("Content-Type", "application/json")
                .method(method, HttpRequest.BodyPublishers.ofString(body)));
        if (answer.status() == 503) {
            unanswered++;
            return Optional.empty();
        }
        expect(
                "COMMANDS_ANSWER: " + path + " " + body + " is answered " + answer.status() + " " + answer.body(),
                allowed.contains(answer.status()));
        return Optional.of(answer.body());
    }

    private static Instant instant(JsonNode seconds) {
        return Instant.ofEpochMilli(seconds.decimalValue().movePointRight(3).longValue());
    }

    private <T> T pick(List<T> some) {
        return some.get(random.nextInt(some.size()));
    }

    private void expect(String surprise, boolean holds) {
        if (!holds) {
            surprises.add(name + ": " + surprise);
        }
    }
}

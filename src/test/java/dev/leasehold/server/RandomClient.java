package dev.leasehold.server;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.leasehold.run.Tally.Ask;
import dev.leasehold.run.Tenures;
import dev.leasehold.server.Dialogue.Question;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
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
    private static final Set<String> REFUSED = Set.of("rejected", "lost");
    private static final Map<Ask, String> PATHS = Map.of(
            Ask.START, "start", Ask.RENEW, "renew", Ask.RELEASE, "release", Ask.FINISH, "finish", Ask.SNOOZE, "finish");
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

    private final Dialogue dialogue;
    private final RandomOrders orders;
    private final Random random;
    private final Tenures tenures;
    private final Supplier<Sight> sight;
    private final Map<String, Held> held = new LinkedHashMap<>();

    RandomClient(Dialogue dialogue, Random random, Tenures tenures, Supplier<Sight> sight) {
        this.dialogue = dialogue;
        this.random = random;
        this.tenures = tenures;
        this.sight = sight;
        this.orders = new RandomOrders(dialogue, random, sight);
    }

    Dialogue dialogue() {
        return dialogue;
    }

    RandomOrders orders() {
        return orders;
    }

    int walk(int commands) {
        for (int i = 0; i < commands; i++) {
            try {
                step();
            } catch (RuntimeException e) {
                dialogue.surprise("COMMANDS_ANSWER: " + e);
            }
        }
        return held.size();
    }

    private void step() {
        switch (random.nextInt(24)) {
            case 0, 1, 2, 3 -> submitOrClaim();
            case 4, 5, 6 -> claim(random.nextBoolean(), 1 + random.nextInt(3));
            case 7, 8 -> start();
            case 9, 10 -> renew();
            case 11, 12, 13 -> finish();
            case 14 -> finishWrongly();
            case 15 -> release();
            default -> operate();
        }
    }

    private void claimTooMany() {
        dialogue.askWrongly(
                Ask.CLAIM,
                Question.post("leases", "{\"owner\":\"" + dialogue.name() + "\",\"max\":1001}"),
                "422 invalid_request");
    }

    private void operate() {
        switch (random.nextInt(16)) {
            case 0 -> claimTooMany();
            case 1, 2 -> orders.limit();
            case 3, 4 -> orders.pauseAndResume(() -> claim(true, 1));
            case 5, 6, 7, 8 -> orders.task();
            case 9, 10 -> orders.rerun();
            default -> orders.run();
        }
    }

    private void submitOrClaim() {
        if (sight.get().alive().size() >= ALIVE) {
            claim(true, 2);
            return;
        }
        String when = when();
        String task = "{\"id\":\"" + UUID.randomUUID() + "\",\"type\":\"" + dialogue.pick(TYPES) + "\",\"queue\":\""
                + dialogue.pick(QUEUES) + "\"" + when + gates() + ",\"metadata\":{\"priority\":" + random.nextInt(5)
                + "}}";
        orders.submit(task, when.contains("rate"), when.contains("Cron"));
    }

    private String when() {
        return switch (random.nextInt(7)) {
            case 0 -> ",\"scheduled_at\":" + seconds(random.nextInt(2000));
            case 1 -> ",\"expires_at\":" + seconds(1 + random.nextInt(5000));
            case 2 -> ",\"run_policy\":{\"Repeat\":{\"count\":2,\"interval_secs\":1}}";
            case 3 -> ",\"rate\":{\"name\":\"walk\",\"limit\":" + (1 + random.nextInt(4)) + ",\"period_secs\":1}";
            case 4 -> ",\"run_policy\":" + orders.cron();
            default -> "";
        };
    }

    static String seconds(int millisFromNow) {
        return BigDecimal.valueOf(System.currentTimeMillis() + millisFromNow, 3).toPlainString();
    }

    private String gates() {
        String key = random.nextBoolean()
                ? ""
                : ",\"concurrency_key\":\"" + dialogue.pick(KEYS) + "\",\"concurrency_key_hold_policy\":\""
                        + dialogue.pick(List.of("HoldDuringRetry", "ReleaseOnRetry")) + "\"";
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
        for (int i = 0; i < Dialogue.MOST_REPEATS && repeatable && answer.isEmpty(); i++) {
            answer = own("leases", body);
        }
        for (JsonNode lease : answer.map(one -> one.get("leases")).orElse(none())) {
            Held one = new Held(lease);
            Held before = held.put(one.run, one);
            expect("a run is claimed under a fence that is not new", before == null || before.fence < one.fence);
            dialogue.count(Ask.CLAIM, true);
            tenures.granted(dialogue.name(), one.id(), one.fence, instant(lease.get("expiry")));
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
        JsonNode result = one(Ask.START, "attempts", one.json(wrong ? one.fence + 1 : one.fence), one, "");
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
                one(Ask.RENEW, "leases", one.json(wrong ? one.fence - 1 : one.fence), one, ",\"lease_secs\":3");
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
        if (one == null) {
            return;
        }
        boolean wrong = random.nextInt(4) == 0;
        JsonNode result = one(Ask.RELEASE, "leases", one.json(wrong ? one.fence + 1 : one.fence), one, "");
        boolean released = result.path("status").asText().equals("released");
        if (wrong) {
            expect("FENCE: a wrong release is accepted", !released);
        } else if (released) {
            held.remove(one.run);
        } else if (!result.isMissingNode()) {
            lost("a release of its own", one, result.path("reason"));
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
        for (int i = 0; i < Dialogue.MOST_REPEATS && result.isMissingNode(); i++) {
            result = one(reporting(outcome), "attempts", item, one, "");
        }
        if (result.path("status").asText().equals("accepted")) {
            expect("a first report is a duplicate", one.unsure || !result.has("duplicate"));
            tenures.reported(one.id(), one.fence, UUID.fromString(one.attempt));
            held.remove(one.run);
            JsonNode second = again ? one(reporting(outcome), "attempts", item, one, "") : none();
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
            String outcome = outcome();
            JsonNode result = one(reporting(outcome), "attempts", report(one, number, attempt, outcome), one, "");
            expect(
                    "FENCE: a wrong finish is accepted",
                    !result.path("status").asText().equals("accepted"));
        }
    }

    private static String report(Held one, long fence, String attempt, String outcome) {
        return "{\"run_id\":\"" + one.run + "\",\"attempt_id\":\"" + attempt + "\",\"fence\":" + fence + ",\"outcome\":"
                + outcome + "}";
    }

    private static Ask reporting(String outcome) {
        return outcome.contains("suspended") ? Ask.SNOOZE : Ask.FINISH;
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

    /** One that it has in hand; null where it has none such, and claimed some instead. */
    private Held any(boolean started) {
        List<Held> some = held.values().stream()
                .filter(one -> one.attempt.isEmpty() != started)
                .toList();
        if (some.isEmpty()) {
            claim(started, 2);
            return null;
        }
        return dialogue.pick(some);
    }

    /** A lease is lost by cancellation or expiry only, unless an answer about it got lost. */
    private void lost(String what, Held one, JsonNode reason) {
        expect(
                what + " is refused for " + reason,
                one.unsure || Set.of("canceled", "expired").contains(reason.asText()));
        held.remove(one.run);
    }

    private JsonNode one(Ask ask, String list, String item, Held about, String more) {
        Optional<JsonNode> answer = own(list + "/" + PATHS.get(ask), "\"" + list + "\":[" + item + "]" + more);
        if (answer.isEmpty()) {
            about.unsure = true;
            tenures.unsure(about.id(), about.fence);
        }
        JsonNode result = answer.map(one -> one.get("results").get(0)).orElse(none());
        if (!result.isMissingNode()) {
            dialogue.count(ask, !REFUSED.contains(result.path("status").asText()));
        }
        return result;
    }

    private Optional<JsonNode> own(String path, String more) {
        return dialogue.ask(Question.post(path, "{\"owner\":\"" + dialogue.name() + "\"," + more + "}"));
    }

    private static Instant instant(JsonNode seconds) {
        return Instant.ofEpochMilli(seconds.decimalValue().movePointRight(3).longValue());
    }

    private void expect(String surprise, boolean holds) {
        if (!holds) {
            dialogue.surprise(surprise);
        }
    }
}

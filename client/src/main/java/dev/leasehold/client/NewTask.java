package dev.leasehold.client;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * A task to be submitted (http.md 1). Its id is chosen here, so that submitting the same object again is answered with the
 * task that is there already. Immutable: every method answers another one. What the server does not obey it refuses.
 */
public final class NewTask {

    private static final String CONSTRAINTS = "constraints";
    private static final String METADATA = "metadata";

    private final Map<String, Object> members;

    private NewTask(Map<String, Object> members) {
        this.members = Collections.unmodifiableMap(members);
    }

    /**
     * A task that runs once, as soon as it can.
     *
     * @param type 1 to 128 of letters, digits and {@code . _ - :}
     */
    public static NewTask of(String type) {
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("id", Ids.next());
        members.put("type", type);
        return new NewTask(members);
    }

    /** The task's id; of version 7 unless {@link #id(UUID)} chose one. */
    public UUID id() {
        return (UUID) members.getOrDefault("id", new UUID(0, 0));
    }

    /** An id of your own, not nil. */
    public NewTask id(UUID id) {
        return with("id", id);
    }

    /** A queue other than {@code default}. */
    public NewTask queue(String queue) {
        return with("queue", queue);
    }

    /** What its runs get. */
    public NewTask payload(Payload payload) {
        return with("payload", payload);
    }

    /**
     * Runs several times.
     *
     * @param count how often, at least 1
     * @param interval from one planned instant to the next
     */
    public NewTask repeat(int count, Duration interval) {
        return with("run_policy", Map.of("Repeat", Map.of("count", count, "interval_secs", interval)));
    }

    /** Runs when a cron expression of five or six fields says so, in UTC. */
    public NewTask cron(String expression) {
        return cron(Map.of("expression", expression));
    }

    /** Runs by a cron policy with all its members, {@code expression} among them. */
    public NewTask cron(Map<String, ?> policy) {
        return with("run_policy", Map.of("Cron", policy));
    }

    /** The first planned instant. */
    public NewTask scheduledAt(Instant at) {
        return with("scheduled_at", at);
    }

    /** How many attempts that count a run may have, at least 1. */
    public NewTask maxAttempts(int attempts) {
        return constraint("max_attempts", attempts);
    }

    /** How long an attempt may take. */
    public NewTask timeout(Duration timeout) {
        return constraint("timeout_secs", timeout);
    }

    /** Waits that long between attempts, {@code delay} times {@code factor} each time, up to {@code longest}. */
    public NewTask exponentialBackoff(Duration delay, BigDecimal factor, Duration longest) {
        return constraint(
                "backoff",
                Map.of("strategy", "exponential", "delay_secs", delay, "factor", factor, "max_delay_secs", longest));
    }

    /** Of the runs with one key, as many at once as the key allows. */
    public NewTask concurrencyKey(String key) {
        return constraint("concurrency_key", key);
    }

    /** A member of {@code constraints} by its name in the API. */
    public NewTask constraint(String name, Object value) {
        return inner(CONSTRAINTS, name, value);
    }

    /** Greater is sooner; 0 unless said. */
    public NewTask priority(int priority) {
        return inner(METADATA, "priority", priority);
    }

    /** Up to 100 tags. */
    public NewTask tags(List<String> tags) {
        return inner(METADATA, "tags", List.copyOf(tags));
    }

    /** Text for people, up to 4,096 characters. */
    public NewTask description(String description) {
        return inner(METADATA, "description", description);
    }

    /** Any member by its name in the API, in place of what was there. */
    public NewTask with(String name, Object value) {
        Map<String, Object> copy = new LinkedHashMap<>(members);
        copy.put(name, value);
        return new NewTask(copy);
    }

    private NewTask inner(String outer, String name, Object value) {
        Map<String, Object> copy = new LinkedHashMap<>();
        if (members.get(outer) instanceof Map<?, ?> old) {
            old.forEach((key, present) -> copy.put(String.valueOf(key), present));
        }
        copy.put(name, value);
        return with(outer, copy);
    }

    Map<String, Object> members() {
        return members;
    }

    @Override
    public String toString() {
        return "NewTask[" + id() + ", " + members.get("type") + "]";
    }
}

package dev.leasehold.scenario;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** A submission: the scenarios' default task, and what differs from it. */
final class TaskText {

    private final ObjectNode task = new ObjectMapper().createObjectNode();

    private TaskText(String payload) {
        task.put("type", "script");
        task.putObject("payload").put("text", payload);
        attempts(1);
        backoff(0);
    }

    static TaskText script(String payload) {
        return new TaskText(payload);
    }

    TaskText attempts(int most) {
        task.withObject("/constraints").put("max_attempts", most);
        return this;
    }

    /** Fixed. */
    TaskText backoff(int seconds) {
        task.withObject("/constraints")
                .putObject("backoff")
                .put("strategy", "fixed")
                .put("delay_secs", seconds)
                .put("jitter", 0);
        return this;
    }

    TaskText priority(int priority) {
        task.withObject("/metadata").put("priority", priority);
        return this;
    }

    TaskText key(String key) {
        task.withObject("/constraints").put("concurrency_key", key);
        return this;
    }

    TaskText hold(String policy) {
        task.withObject("/constraints").put("concurrency_key_hold_policy", policy);
        return this;
    }

    TaskText id(String id) {
        task.put("id", id);
        return this;
    }

    TaskText type(String type) {
        task.put("type", type);
        return this;
    }

    TaskText timeout(int seconds) {
        task.withObject("/constraints").put("timeout_secs", seconds);
        return this;
    }

    TaskText repeat(int count, int intervalSeconds) {
        task.putObject("run_policy").putObject("Repeat").put("count", count).put("interval_secs", intervalSeconds);
        return this;
    }

    TaskText cron(String expression) {
        task.putObject("run_policy").putObject("Cron").put("expression", expression);
        return this;
    }

    TaskText at(long seconds) {
        task.put("scheduled_at", seconds);
        return this;
    }

    String json() {
        return task.toString();
    }
}

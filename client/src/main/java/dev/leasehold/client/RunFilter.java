package dev.leasehold.client;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** Which runs a list shows; without a condition, all. Immutable. */
public final class RunFilter {

    private static final RunFilter ALL = new RunFilter(List.of());

    private final List<String> conditions;

    private RunFilter(List<String> conditions) {
        this.conditions = conditions;
    }

    /** No condition. */
    public static RunFilter all() {
        return ALL;
    }

    /** In that state, or in one named before. */
    public RunFilter state(RunState state) {
        return with("state", state.filter());
    }

    /** Of that task. */
    public RunFilter task(UUID task) {
        return with("task_id", task.toString());
    }

    /** Of that type. */
    public RunFilter type(String type) {
        return with("type", type);
    }

    /** In that queue. */
    public RunFilter queue(String queue) {
        return with("queue", queue);
    }

    /** With that tag. */
    public RunFilter tag(String tag) {
        return with("tag", tag);
    }

    /** With that concurrency key. */
    public RunFilter concurrencyKey(String key) {
        return with("concurrency_key", key);
    }

    /** The path of a page that matters only for how many there are. */
    String counting(int upTo) {
        return with("limit", "1").with("count", "up_to:" + upTo).query("/api/v1/runs");
    }

    RunFilter with(String name, String value) {
        List<String> more = new ArrayList<>(conditions);
        more.add(name + "=" + URLEncoder.encode(value, StandardCharsets.UTF_8));
        return new RunFilter(List.copyOf(more));
    }

    /** The path with the conditions as its query. */
    String query(String path) {
        return conditions.isEmpty() ? path : path + "?" + String.join("&", conditions);
    }
}

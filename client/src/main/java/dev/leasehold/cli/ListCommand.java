package dev.leasehold.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** Lists runs. */
@Command(name = "list", description = "Lists runs by planned instant.")
final class ListCommand implements Runnable {

    @ParentCommand
    @SuppressWarnings("NullAway.Init")
    private Root root;

    @Option(names = "--state", description = "Only in that state, such as retry_wait; may be repeated.")
    private List<String> states = new ArrayList<>();

    @Option(names = "--task", paramLabel = "ID", description = "Only of that task.")
    private @Nullable String task;

    @Option(names = "--type", description = "Only of that type.")
    private @Nullable String type;

    @Option(names = "--queue", description = "Only in that queue.")
    private @Nullable String queue;

    @Option(names = "--tag", description = "Only with that tag.")
    private @Nullable String tag;

    @Option(names = "--after", paramLabel = "ID", description = "Only what comes after that run.")
    private @Nullable String after;

    @Option(names = "--limit", defaultValue = "100", description = "How many at most, 1 to 1000 (${DEFAULT-VALUE}).")
    private int limit;

    @Option(names = "--count", paramLabel = "N", description = "Also says how many there are, up to N (1 to 10000).")
    private @Nullable Integer count;

    @Override
    public void run() {
        JsonNode page = root.client().get("/api/v1/runs?" + String.join("&", conditions()), JsonNode.class);
        ObjectNode answer = JsonNodeFactory.instance.objectNode();
        ArrayNode runs = answer.putArray("runs");
        List<String> rows = new ArrayList<>();
        for (JsonNode run : page.path("runs")) {
            runs.add(run);
            rows.add(Show.row(run));
        }
        if (runs.isEmpty()) {
            rows.add("no runs");
        }
        if (page.path("next").isTextual()) {
            answer.set("next", page.get("next"));
            rows.add("more: --after " + Show.plain(page.get("next").asText()));
        }
        JsonNode total = page.path("count");
        if (total.isObject()) {
            answer.set("count", total);
            rows.add("count: " + (total.path("relation").asText().equals("gte") ? "more than " : "")
                    + total.path("value").asLong());
        }
        root.print("list", answer, String.join("\n", rows));
    }

    private List<String> conditions() {
        List<String> conditions = new ArrayList<>(List.of("limit=" + limit));
        states.forEach(state -> add(conditions, "state", state.toLowerCase(Locale.ROOT)));
        add(conditions, "task_id", task);
        add(conditions, "type", type);
        add(conditions, "queue", queue);
        add(conditions, "tag", tag);
        add(conditions, "after", after);
        add(conditions, "count", count == null ? null : "up_to:" + count);
        return conditions;
    }

    static void add(List<String> conditions, String name, @Nullable String value) {
        if (value != null) {
            conditions.add(name + "=" + URLEncoder.encode(value, StandardCharsets.UTF_8));
        }
    }
}

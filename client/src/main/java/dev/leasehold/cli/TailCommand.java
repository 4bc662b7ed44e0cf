package dev.leasehold.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.leasehold.client.LeaseholdClient;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** Shows what happened, in the order of commits. */
@Command(name = "tail", description = "Shows events in the order of their commits; in JSON, one on each line.")
final class TailCommand implements Runnable {

    @ParentCommand
    @SuppressWarnings("NullAway.Init")
    private Root root;

    @Option(names = "--from", paramLabel = "CURSOR", description = "After that cursor; else from the oldest kept.")
    private @Nullable String from;

    @Option(names = "--run", paramLabel = "ID", description = "Only of that run.")
    private @Nullable String run;

    @Option(names = "--task", paramLabel = "ID", description = "Only of that task.")
    private @Nullable String task;

    @Option(names = "--event-type", paramLabel = "TYPE", description = "Only of that type, such as run.started.")
    private @Nullable String eventType;

    @Option(
            names = {"-f", "--follow"},
            description = "Go on as things happen; else end where there is nothing more, and say from where to go on.")
    private boolean follow;

    @Option(
            names = "--interval",
            paramLabel = "SECS",
            defaultValue = "1",
            description = "How often to look while nothing happens (${DEFAULT-VALUE}).")
    private int interval;

    @Override
    public void run() {
        if (interval < 1) {
            throw CommandFailure.invalid("input_validation_failed", "--interval must be at least 1");
        }
        LeaseholdClient client = root.client();
        List<String> conditions = conditions();
        String cursor = from;
        while (true) {
            JsonNode page = client.get("/api/v1/events?" + asked(conditions, cursor), JsonNode.class);
            page.path("events").forEach(event -> root.console().out().println(root.json() ? event : Show.event(event)));
            root.requireWritten();
            String next = page.path("next").asText();
            boolean over = page.path("events").isEmpty() && (isLast(page) || next.equals(cursor));
            cursor = next;
            if (over && !goOn(cursor)) {
                return;
            }
        }
    }

    /** A page without events need not be the last: it may hold others than were asked for. */
    private static boolean isLast(JsonNode page) {
        return page.path("lag_secs").isNumber()
                && page.get("lag_secs").decimalValue().signum() == 0;
    }

    private boolean goOn(String cursor) {
        if (!follow) {
            root.console().err().println("go on with --from " + Show.plain(cursor));
            return false;
        }
        try {
            TimeUnit.SECONDS.sleep(interval);
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private List<String> conditions() {
        List<String> conditions = new ArrayList<>(List.of("limit=1000"));
        ListCommand.add(
                conditions,
                "run_id",
                run == null ? null : Root.id(run, "invalid_run_id").toString());
        ListCommand.add(
                conditions,
                "task_id",
                task == null ? null : Root.id(task, "invalid_task_id").toString());
        ListCommand.add(conditions, "event_type", eventType);
        return conditions;
    }

    private static String asked(List<String> conditions, @Nullable String cursor) {
        List<String> all = new ArrayList<>(conditions);
        ListCommand.add(all, "after", cursor);
        return String.join("&", all);
    }
}

package dev.leasehold.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** Cancels a run, or a task with its runs. */
@Command(name = "cancel", description = "Cancels a run, or a task with its runs.")
final class CancelCommand implements Runnable {

    @ParentCommand
    @SuppressWarnings("NullAway.Init")
    private Root root;

    @Parameters(paramLabel = "ID", description = "A run's id.")
    @SuppressWarnings("NullAway.Init")
    private String id;

    @Option(names = "--task", description = "The id is a task's.")
    private boolean task;

    @Option(names = "--reason", description = "Why; it goes into the history.")
    private @Nullable String reason;

    @Override
    public void run() {
        String target = task
                ? "/api/v1/tasks/" + Root.id(id, "invalid_task_id")
                : "/api/v1/runs/" + Root.id(id, "invalid_run_id");
        Map<String, String> body = reason == null ? Map.of() : Map.of("reason", reason);
        JsonNode answer = root.client().post(target + "/cancel", body, JsonNode.class);
        root.print("cancel", answer, Show.members(answer));
    }
}

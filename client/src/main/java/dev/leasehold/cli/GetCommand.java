package dev.leasehold.cli;

import com.fasterxml.jackson.databind.JsonNode;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** Shows one run, or one task. */
@Command(name = "get", description = "Shows a run with its history, or a task.")
final class GetCommand implements Runnable {

    @ParentCommand
    @SuppressWarnings("NullAway.Init")
    private Root root;

    @Parameters(paramLabel = "ID", description = "A run's id.")
    @SuppressWarnings("NullAway.Init")
    private String id;

    @Option(names = "--task", description = "The id is a task's.")
    private boolean task;

    @Override
    public void run() {
        String path = task
                ? "/api/v1/tasks/" + Root.id(id, "invalid_task_id")
                : "/api/v1/runs/" + Root.id(id, "invalid_run_id");
        JsonNode found = root.client().get(path, JsonNode.class);
        root.print("get", found, Show.detail(found));
    }
}

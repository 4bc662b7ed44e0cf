package dev.leasehold.cli;

import com.fasterxml.jackson.databind.JsonNode;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** Says why a run does not run. */
@Command(name = "explain", description = "Says why a run is not running.")
final class ExplainCommand implements Runnable {

    @ParentCommand
    @SuppressWarnings("NullAway.Init")
    private Root root;

    @Parameters(paramLabel = "RUN", description = "The run's id.")
    @SuppressWarnings("NullAway.Init")
    private String id;

    @Override
    public void run() {
        JsonNode explained =
                root.client().get("/api/v1/runs/" + Root.id(id, "invalid_run_id") + "/explain", JsonNode.class);
        root.print("explain", explained, Show.explanation(explained));
    }
}

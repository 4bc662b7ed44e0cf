package dev.leasehold.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** Repeats a run that is over, as a new one. */
@Command(name = "rerun", description = "Repeats a run that is over, as a new run.")
final class RerunCommand implements Runnable {

    @ParentCommand
    @SuppressWarnings("NullAway.Init")
    private Root root;

    @Parameters(paramLabel = "RUN", description = "The run's id.")
    @SuppressWarnings("NullAway.Init")
    private String id;

    @Option(names = "--reason", description = "Why; it goes into the history.")
    private @Nullable String reason;

    @Override
    public void run() {
        Map<String, String> body = reason == null ? Map.of() : Map.of("reason", reason);
        JsonNode answer =
                root.client().post("/api/v1/runs/" + Root.id(id, "invalid_run_id") + "/rerun", body, JsonNode.class);
        root.print("rerun", answer, Show.members(answer));
    }
}

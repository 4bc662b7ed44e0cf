package dev.leasehold.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** Allows claims again, or has a suspended run go on. */
@Command(name = "resume", description = "Allows claims again, of all queues or of one; with a run, resumes that run.")
final class ResumeCommand implements Runnable {

    @ParentCommand
    @SuppressWarnings("NullAway.Init")
    private Root root;

    @Parameters(paramLabel = "RUN", arity = "0..1", description = "A suspended run's id.")
    private @Nullable String id;

    @Option(names = "--queue", description = "Only that queue.")
    private @Nullable String queue;

    @Override
    public void run() {
        if (id != null && queue != null) {
            throw CommandFailure.invalid("input_validation_failed", "either a run or --queue");
        }
        String target = id == null ? "/api/v1/engine" : "/api/v1/runs/" + Root.id(id, "invalid_run_id");
        JsonNode answer = root.client()
                .post(target + "/resume", queue == null ? Map.of() : Map.of("queue", queue), JsonNode.class);
        root.print("resume", answer, Show.members(answer));
    }
}

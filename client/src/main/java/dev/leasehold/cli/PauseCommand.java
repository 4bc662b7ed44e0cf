package dev.leasehold.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** Stops claims. */
@Command(name = "pause", description = "Has nothing claimed any more, of all queues or of one; what runs goes on.")
final class PauseCommand implements Runnable {

    @ParentCommand
    @SuppressWarnings("NullAway.Init")
    private Root root;

    @Option(names = "--queue", description = "Only that queue.")
    private @Nullable String queue;

    @Override
    public void run() {
        JsonNode answer = root.client()
                .post("/api/v1/engine/pause", queue == null ? Map.of() : Map.of("queue", queue), JsonNode.class);
        root.print("pause", answer, Show.members(answer));
    }
}

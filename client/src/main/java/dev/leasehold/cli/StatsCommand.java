package dev.leasehold.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParentCommand;

/** Counts everything. */
@Command(name = "stats", description = "Counts tasks, runs by state, and attempts.")
final class StatsCommand implements Runnable {

    @ParentCommand
    @SuppressWarnings("NullAway.Init")
    private Root root;

    @Override
    public void run() {
        JsonNode stats = root.client().get("/api/v1/stats", JsonNode.class);
        ObjectNode answer = JsonNodeFactory.instance.objectNode();
        answer.set("summary", stats);
        root.print("stats", answer, Show.members(stats) + "\n" + Show.members(stats.path("runs_by_state")));
    }
}

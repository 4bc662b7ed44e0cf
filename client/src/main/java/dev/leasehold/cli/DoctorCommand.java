package dev.leasehold.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParentCommand;

/** Says what is wrong with the server's database, and what mends it. */
@Command(
        name = "doctor",
        description = "Says what is wrong with the server's database, and what mends it.",
        footer = "Exit code 6 when something is critical.")
final class DoctorCommand implements Callable<Integer> {

    /** Something is critical; the answer itself is whole. */
    static final int CRITICAL = 6;

    @ParentCommand
    @SuppressWarnings("NullAway.Init")
    private Root root;

    @Override
    public Integer call() {
        JsonNode seen = root.client().get("/api/v1/doctor", JsonNode.class);
        root.print("doctor", seen, Show.diagnosis(seen));
        return seen.path("severity").asText().equals("critical") ? CRITICAL : 0;
    }
}

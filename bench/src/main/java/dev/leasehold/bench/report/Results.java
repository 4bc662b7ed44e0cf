package dev.leasehold.bench.report;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;

/** Results in a file, a line each. */
public final class Results {
    private static final ObjectMapper JSON = new ObjectMapper();

    private Results() {}

    /** Adds a line. */
    public static void write(Path file, Result result) throws IOException {
        Files.writeString(
                file, JSON.writeValueAsString(result) + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }

    /** Every line. */
    public static List<Result> read(Path file) throws IOException {
        var results = new ArrayList<Result>();
        for (var line : Files.readAllLines(file)) {
            results.add(JSON.readValue(line, Result.class));
        }
        return results;
    }
}

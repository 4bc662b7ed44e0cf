package dev.leasehold.bench.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Writes {@code report.md}: a table for each workload. */
public final class Report {
    private Report() {}

    /** Writes it anew. */
    public static void write(Path folder, List<Result> results) throws IOException {
        var text = new StringBuilder();
        for (var result : results) {
            text.append(result.id())
                    .append(' ')
                    .append(result.system())
                    .append(' ')
                    .append(line(result))
                    .append('\n');
        }
        Files.writeString(folder.resolve("report.md"), text);
    }

    /** One repetition, for whoever watches. */
    public static String line(Result result) {
        return result.voided() != null ? "void: " + result.voided() : String.valueOf(result.measured());
    }
}

package dev.leasehold.bench.report;

import dev.leasehold.bench.contender.Workload;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Writes {@code report.md}: a table for each workload.
 *
 * @param head what stands above the tables: the machine, the settings, who was skipped
 */
public record Report(Path folder, List<String> head) {

    /** Writes it anew. */
    public void write(List<Result> results) throws IOException {
        Files.createDirectories(folder);
        Files.writeString(folder.resolve("report.md"), markdown(results));
    }

    String markdown(List<Result> results) {
        var text = new StringBuilder();
        for (var line : head) {
            text.append("* ").append(line).append('\n');
        }
        for (var workload : Workload.values()) {
            var rows = Row.of(results.stream()
                    .filter(result -> result.id().split("\\.", 2)[0].equals(workload.name()))
                    .toList());
            if (!rows.isEmpty()) {
                text.append("\n### ").append(workload.name()).append(": ").append(workload.title());
                text.append("\n\n").append(new Table(rows).markdown());
            }
        }
        return text.toString();
    }

    /** One repetition in a line, for whoever watches. */
    public static String line(Result result) {
        var measured = result.measured();
        if (result.voided() != null || measured == null) {
            return "void: " + result.voided();
        }
        var latency = measured.latency();
        var about = latency == null
                ? Figures.whole(measured.figure()) + " runs/s"
                : "p50 " + Figures.number(latency.p50()) + " ms, p99 " + Figures.number(latency.p99()) + " ms";
        return about + ", database " + Figures.tenths(measured.databaseMicros()) + " µs/run, client "
                + Figures.tenths(measured.clientMicros()) + " µs/run, others "
                + Figures.number(measured.others()) + " cores, " + Figures.tenths(measured.seconds()) + " s";
    }
}

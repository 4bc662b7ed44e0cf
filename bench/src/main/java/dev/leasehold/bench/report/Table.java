package dev.leasehold.bench.report;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** The Markdown table of a workload. */
record Table(List<Row> rows) {
    /** The systems that others are compared with. */
    static final List<String> REFERENCES = List.of("db-scheduler", "graphile-worker", "raw-limit");

    private static final List<String> COSTS = List.of(
            "repetitions × runs", "database CPU µs/run", "client CPU µs/run", "WAL bytes/run", "others' CPU (cores)");

    String markdown() {
        boolean latencies =
                rows.stream().flatMap(row -> row.measured().stream()).anyMatch(measured -> measured.latency() != null);
        var references = REFERENCES.stream()
                .filter(name -> rows.stream().anyMatch(row -> row.system().equals(name)))
                .toList();
        var head = new ArrayList<>(List.of("case", "system"));
        head.addAll(latencies ? Figures.OF_LATENCIES : Figures.OF_RATES);
        head.addAll(COSTS);
        references.forEach(name -> head.add("× " + name));
        head.add("further");
        var lines = new ArrayList<String>();
        lines.add(line(head));
        lines.add(line(Collections.nCopies(head.size(), "---")));
        for (var row : rows) {
            lines.add(line(cells(row, latencies, references, head.size())));
        }
        return String.join("\n", lines) + "\n";
    }

    private List<String> cells(Row row, boolean latencies, List<String> references, int columns) {
        var cells = new ArrayList<>(List.of(row.id(), row.system()));
        var voided = row.voided();
        if (voided != null) {
            cells.add(voided.replaceAll("[|\\s]+", " "));
            cells.addAll(Collections.nCopies(columns - cells.size(), ""));
            return cells;
        }
        cells.addAll(latencies ? Figures.ofLatencies(row) : Figures.ofRates(row));
        cells.addAll(costs(row));
        references.forEach(name -> cells.add(ratio(row, name)));
        cells.add(row.figures().entrySet().stream()
                .map(figure -> figure.getKey() + " " + Figures.number(figure.getValue()))
                .collect(Collectors.joining(", ")));
        return cells;
    }

    private static List<String> costs(Row row) {
        return List.of(
                row.repetitions().size() + " × "
                        + Figures.whole(row.repetitions().get(0).runs()),
                Figures.tenths(row.statistics(Measurement::databaseMicros).median()),
                Figures.tenths(row.statistics(Measurement::clientMicros).median()),
                Figures.whole(row.statistics(Measurement::walBytes).median()),
                String.format(
                        Locale.ROOT, "%.2f", row.statistics(Measurement::others).median()));
    }

    private String ratio(Row row, String system) {
        return rows.stream()
                .filter(other -> other.system().equals(system) && other.id().equals(row.id()))
                .findFirst()
                .map(row::ratio)
                .map(ratio -> String.format(Locale.ROOT, "%.2f", ratio))
                .orElse("");
    }

    private static String line(List<String> cells) {
        return "| " + String.join(" | ", cells) + " |";
    }
}

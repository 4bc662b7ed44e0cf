package dev.leasehold.bench.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReportTest {
    private static final Report REPORT = new Report(Path.of("unused"), List.of("two cores", "Skipped: nobody"));

    @TempDir
    private Path folder;

    @Test
    void medianMinimumMaximumCostsAndRatiosOfACase() {
        var text = REPORT.markdown(List.of(
                result("W2", "db-scheduler", rate(1_100, 1_000)),
                result("W2", "leasehold", rate(5_000, 4_000)),
                result("W2", "db-scheduler", rate(2_200, 2_000)),
                result("W2", "leasehold", rate(9_000, 8_000)),
                result("W2", "db-scheduler", rate(990, 900)),
                result("W2", "leasehold", rate(7_000, 6_000))));

        assertThat(cells(text, "leasehold"))
                .containsExactly(
                        "W2",
                        "leasehold",
                        "7,000",
                        "5,000 to 9,000",
                        "6,000",
                        "3 × 100",
                        "12.5",
                        "7.3",
                        "1,400",
                        "0.25",
                        "6.36",
                        "");
        assertThat(cells(text, "db-scheduler")).contains("1,100", "990 to 2,200", "1.00");
        assertThat(text).startsWith("* two cores\n* Skipped: nobody\n").contains("### W2: Drain of no-op runs");
    }

    @Test
    void oneVoidRepetitionVoidsTheRowAndItsRatios() {
        var text = REPORT.markdown(List.of(
                result("W2", "db-scheduler", rate(1_234, 1_234)),
                result("W2", "leasehold", rate(8_000, 8_000)),
                new Result("W2", "db-scheduler", 2, 100, rate(1_235, 1_235), "1 | left\nof 2", Map.of())));

        assertThat(cells(text, "db-scheduler").get(2)).isEqualTo("void (1 of 2): 1 left of 2");
        assertThat(text).doesNotContain("1,234").doesNotContain("1,235");
        assertThat(cells(text, "leasehold")).contains("8,000").endsWith("0.25", "", "");
    }

    @Test
    void whatWasNeverMeasuredIsVoid() {
        var text = REPORT.markdown(List.of(new Result("W2", "raw-limit", 1, 100, null, null, Map.of())));

        assertThat(cells(text, "raw-limit").get(2)).isEqualTo("void (1 of 1): not measured");
    }

    @Test
    void ratiosAreThoseOfTheSameCase() {
        var text = REPORT.markdown(List.of(
                result("W1.single1", "raw-limit", rate(100, 100)),
                result("W1.bulk", "raw-limit", rate(1_000, 1_000)),
                result("W1.bulk", "leasehold", rate(500, 500))));

        assertThat(cells(text, "leasehold")).endsWith("0.50", "");
    }

    @Test
    void latenciesHaveColumnsOfTheirOwn() {
        var text = REPORT.markdown(List.of(
                result("W3.local", "graphile-worker", latency(1, 2, 3, 4)),
                result("W3.local", "leasehold", latency(0.5, 1, 9.871, 12)),
                result("W3.local", "leasehold", latency(0.25, 1, 5, 11))));

        assertThat(text).contains("p99 ms");
        assertThat(cells(text, "leasehold").subList(2, 7))
                .containsExactly("0.38", "0.25 to 0.50", "1.00", "7.44", "11.50");
        assertThat(cells(text, "leasehold")).endsWith("0.38", "");
    }

    @Test
    void furtherFiguresAreShownByTheirMedians() {
        var text = REPORT.markdown(List.of(
                new Result("W6", "leasehold", 1, 100, rate(10, 10), null, Map.of("buffers", 8.0)),
                new Result("W6", "leasehold", 2, 100, rate(10, 10), null, Map.of("buffers", 4.0))));

        assertThat(cells(text, "leasehold")).endsWith("buffers 6.00");
    }

    @Test
    void resultsAreReadAsTheyWereWritten() throws Exception {
        var written = List.of(
                result("W3.local", "leasehold", latency(1, 2, 3, 4)),
                new Result("W2", "raw-limit", 2, 5, null, "why", Map.of("MB", 1.5)));
        var file = folder.resolve("results.jsonl");
        for (var result : written) {
            Results.write(file, result);
        }

        assertThat(Results.read(file)).isEqualTo(written);
    }

    private static Result result(String id, String system, Measurement measured) {
        return new Result(id, system, 1, 100, measured, null, Map.of());
    }

    private static Measurement rate(double steady, double whole) {
        return measurement(whole, steady, null);
    }

    private static Measurement latency(double p50, double p95, double p99, double max) {
        return measurement(50, null, new Latency(p50, p95, p99, max));
    }

    private static Measurement measurement(double rate, @Nullable Double steady, @Nullable Latency latency) {
        return new Measurement(2, rate, steady, 12.5, 7.34, 1_400, 0.25, latency);
    }

    private static List<String> cells(String text, String system) {
        var row = text.lines()
                .filter(line -> line.contains("| " + system + " |"))
                .findFirst()
                .orElseThrow();
        var cells = new ArrayList<>(
                Stream.of(row.split("\\|", -1)).map(String::trim).toList());
        return cells.subList(1, cells.size() - 1);
    }
}

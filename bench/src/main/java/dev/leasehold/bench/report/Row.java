package dev.leasehold.bench.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What the table says about a case of a system: all repetitions of it, at least one. */
record Row(String id, String system, List<Result> repetitions) {

    /** A row for each case and system, in the order in which they first appear. */
    static List<Row> of(List<Result> results) {
        var rows = new LinkedHashMap<List<String>, List<Result>>();
        for (var result : results) {
            rows.computeIfAbsent(List.of(result.id(), result.system()), key -> new ArrayList<>())
                    .add(result);
        }
        return rows.entrySet().stream()
                .map(row -> new Row(row.getKey().get(0), row.getKey().get(1), row.getValue()))
                .toList();
    }

    /** Why none of the figures is shown: one void repetition voids them all. */
    @Nullable
    String voided() {
        var reasons = repetitions.stream()
                .map(repetition -> repetition.measured() == null && repetition.voided() == null
                        ? "not measured"
                        : repetition.voided())
                .filter(Objects::nonNull)
                .toList();
        return reasons.isEmpty()
                ? null
                : "void (" + reasons.size() + " of " + repetitions.size() + "): " + reasons.get(0);
    }

    /** Over the repetitions, of a row that is not void. */
    Statistics statistics(ToDoubleFunction<Measurement> value) {
        return Statistics.of(measured().stream().map(value::applyAsDouble).toList());
    }

    List<Measurement> measured() {
        return repetitions.stream()
                .map(Result::measured)
                .filter(Objects::nonNull)
                .toList();
    }

    /** This row's figure for each of the other's, by their medians; {@code null} when either is void. */
    @Nullable
    Double ratio(Row other) {
        if (voided() != null || other.voided() != null) {
            return null;
        }
        return statistics(Measurement::figure).median()
                / other.statistics(Measurement::figure).median();
    }

    /** The medians of the further figures, by name. */
    Map<String, Double> figures() {
        return repetitions.stream()
                .flatMap(repetition -> repetition.figures().entrySet().stream())
                .collect(Collectors.groupingBy(
                        Map.Entry::getKey,
                        LinkedHashMap::new,
                        Collectors.collectingAndThen(
                                Collectors.mapping(Map.Entry::getValue, Collectors.toList()),
                                values -> Statistics.of(values).median())));
    }
}

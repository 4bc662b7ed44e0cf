package dev.leasehold.doctor;

import dev.leasehold.sql.Database;
import dev.leasehold.sql.catalog.Catalog.IndexState;
import dev.leasehold.sql.catalog.ExpectedIndex;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The indexes that are there against those that the migrations make. */
final class Indexes {

    private Indexes() {}

    static List<Finding> judge(List<ExpectedIndex> expected, List<IndexState> found) {
        return Stream.concat(missing(expected, found), invalid(expected, found)).toList();
    }

    private static Stream<Finding> missing(List<ExpectedIndex> expected, List<IndexState> found) {
        Set<String> names = found.stream().map(IndexState::name).collect(Collectors.toSet());
        List<Finding> missing = expected.stream()
                .filter(index -> !names.contains(index.name()))
                .map(index -> Finding.of(
                        Code.MISSING_INDEX,
                        index.unique() ? Severity.CRITICAL : Severity.WARNING,
                        index.table() + " has no index " + index.name(),
                        new Detail().put("table", index.table()).put("index", index.name()),
                        index.creation()))
                .toList();
        return missing.isEmpty()
                ? Stream.of(Finding.ok(
                        Code.MISSING_INDEX,
                        "all " + expected.size() + " indexes of the migrations are there",
                        new Detail().put("expected", expected.size())))
                : missing.stream();
    }

    private static Stream<Finding> invalid(List<ExpectedIndex> expected, List<IndexState> found) {
        Map<String, ExpectedIndex> ours = expected.stream().collect(Collectors.toMap(ExpectedIndex::name, one -> one));
        List<Finding> invalid = found.stream()
                .filter(index -> !index.valid())
                .map(index -> {
                    ExpectedIndex known = ours.get(index.name());
                    return invalid(index, known != null, known != null && known.unique());
                })
                .toList();
        return invalid.isEmpty()
                ? Stream.of(Finding.ok(Code.INVALID_INDEX, "every index is valid", new Detail()))
                : invalid.stream();
    }

    /** What a concurrent build left behind has another name than the index that it was to be. */
    private static Finding invalid(IndexState index, boolean ours, boolean unique) {
        Detail detail = new Detail().put("index", index.name());
        if (index.underWay()) {
            return Finding.ok(Code.INVALID_INDEX, index.name() + " is being built", detail);
        }
        String qualified = Database.POSTGRESQL.schema() + "." + Words.name(index.name());
        return Finding.of(
                Code.INVALID_INDEX,
                unique ? Severity.CRITICAL : Severity.WARNING,
                index.name() + (ours ? " is invalid" : " is invalid, and none that the migrations make"),
                detail,
                (ours ? "reindex index concurrently " : "drop index concurrently ") + qualified + ";");
    }
}

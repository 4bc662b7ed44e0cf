package dev.leasehold.doctor;

import dev.leasehold.sql.Database;
import dev.leasehold.sql.catalog.Catalog.TableState;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;

/** Dead rows against those that live, and who looks after our tables. */
final class Tables {

    static final long MANY_DEAD = 100_000;
    static final long VERY_MANY_DEAD = 10_000_000;
    static final long LARGE = 10_000;

    private static final Set<String> OFF = Set.of("off", "false", "no", "0");

    private Tables() {}

    static List<Finding> judge(List<TableState> tables) {
        List<Finding> findings = new ArrayList<>();
        findings.addAll(each(
                tables,
                Tables::dead,
                Finding.ok(Code.DEAD_TUPLES, "no table has more dead rows than live ones", figures(tables))));
        findings.addAll(each(
                tables,
                Tables::unknown,
                Finding.ok(Code.NEVER_ANALYZED, "every large table was analyzed", new Detail())));
        findings.addAll(each(
                tables,
                Tables::left,
                Finding.ok(Code.TABLE_AUTOVACUUM, "autovacuum looks after every table", new Detail())));
        return findings;
    }

    /** What is wrong with some, or that nothing is. */
    private static List<Finding> each(
            List<TableState> tables, Function<TableState, Stream<Finding>> rule, Finding otherwise) {
        List<Finding> found = tables.stream().flatMap(rule).toList();
        return found.isEmpty() ? List.of(otherwise) : found;
    }

    private static Stream<Finding> dead(TableState table) {
        if (table.dead() < MANY_DEAD || table.dead() <= table.live()) {
            return Stream.empty();
        }
        return Stream.of(Finding.of(
                Code.DEAD_TUPLES,
                Severity.of(table.dead(), MANY_DEAD, VERY_MANY_DEAD),
                table.name() + " has " + Words.count(table.dead()) + " dead rows and " + Words.count(table.live())
                        + " live ones, " + vacuumed(table),
                new Detail().put("table", table.name()).put("figures", figures(table)),
                "vacuum (analyze) " + qualified(table) + ";"));
    }

    private static String vacuumed(TableState table) {
        return table.vacuumedAt() == null ? "and was never vacuumed" : "last vacuumed at " + table.vacuumedAt();
    }

    private static Stream<Finding> unknown(TableState table) {
        if (table.live() < LARGE || table.analyzedAt() != null) {
            return Stream.empty();
        }
        return Stream.of(Finding.of(
                Code.NEVER_ANALYZED,
                Severity.WARNING,
                table.name() + " has " + Words.count(table.live()) + " rows and was never analyzed",
                new Detail().put("table", table.name()).put("figures", figures(table)),
                "analyze " + qualified(table) + ";"));
    }

    private static Stream<Finding> left(TableState table) {
        if (table.autovacuum() == null || !OFF.contains(table.autovacuum())) {
            return Stream.empty();
        }
        return Stream.of(Finding.of(
                Code.TABLE_AUTOVACUUM,
                Severity.CRITICAL,
                "autovacuum is off for " + table.name(),
                new Detail().put("table", table.name()),
                "alter table " + qualified(table) + " reset (autovacuum_enabled);"));
    }

    private static Detail figures(List<TableState> tables) {
        Detail all = new Detail();
        tables.forEach(table -> all.put(table.name(), figures(table)));
        return all;
    }

    private static Map<String, Object> figures(TableState table) {
        return new Detail()
                .put("live", table.live())
                .put("dead", table.dead())
                .put("vacuumed_at", table.vacuumedAt())
                .put("analyzed_at", table.analyzedAt())
                .map();
    }

    private static String qualified(TableState table) {
        return Database.POSTGRESQL.schema() + "." + Words.name(table.name());
    }
}

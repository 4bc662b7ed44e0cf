package dev.leasehold.bench.leasehold;

import dev.leasehold.bench.contender.Database;
import dev.leasehold.bench.contender.Outcome;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** How large tables with their indexes are, among them what claims read, in bytes. */
record Sizes(Map<String, Long> bytes) {

    private static final List<String> TABLES = List.of("run", "lease", "ready", "event", "attempt", "task");
    private static final double MEGA = 1e6;

    static Sizes of(Database database) throws SQLException {
        Map<String, Long> bytes = new LinkedHashMap<>();
        for (String table : TABLES) {
            bytes.put(table, database.number("select pg_total_relation_size('leasehold." + table + "')"));
        }
        return new Sizes(bytes);
    }

    /** Each before and now, and how much they grew for each of so many runs. */
    Outcome tell(Outcome outcome, Sizes before, long runs) {
        Outcome told = outcome;
        for (String table : TABLES) {
            long old = before.bytes.getOrDefault(table, 0L);
            long now = bytes.getOrDefault(table, 0L);
            told = told.with(table + " MB before", old / MEGA)
                    .with(table + " MB after", now / MEGA)
                    .with(table + " bytes grown/run", (double) (now - old) / runs);
        }
        return told;
    }
}

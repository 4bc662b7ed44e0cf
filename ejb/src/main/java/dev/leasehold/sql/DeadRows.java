package dev.leasehold.sql;

import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;

/**
 * Whether PostgreSQL keeps many rows of runs that are gone where looks for work pass over them, as of the last count: an
 * old snapshot may still want to see them. H2 keeps none in sight.
 */
@ApplicationScoped
public class DeadRows {

    /** From how many on they are many: passing over so many takes some 20 ms. */
    public static final long MANY = 100_000;

    private static final Sql DEAD = Sql.of("postgresql", "dead_rows");
    private static final String READY = "ready";
    private static final String LEASES = "lease";

    private volatile Map<String, Long> rows = Map.of();

    /** Counts them as the database estimates them. */
    public void count(Connection connection) throws SQLException {
        if (Database.of(connection) == Database.H2) {
            return;
        }
        Map<String, Long> counted = new HashMap<>();
        Values values = new Values()
                .set("schema", Database.POSTGRESQL.schema())
                .set("ready", READY)
                .set("leases", LEASES);
        DEAD.query(connection, values, row -> counted.put(row.getString("relname"), row.getLong("n_dead_tup")));
        rows = counted;
    }

    /** Whether there are many of ready runs. */
    public boolean areManyReady() {
        return areMany(READY);
    }

    /** Whether there are many of leases. */
    public boolean areManyLeases() {
        return areMany(LEASES);
    }

    private boolean areMany(String table) {
        return rows.getOrDefault(table, 0L) >= MANY;
    }
}

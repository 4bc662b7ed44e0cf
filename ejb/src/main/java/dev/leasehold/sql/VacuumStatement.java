package dev.leasehold.sql;

import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/**
 * Has PostgreSQL clear the table of ready runs of what was claimed. Its index still leads to that, at the very front of a lane,
 * where claims begin; autovacuum looks once a minute. H2 clears away by itself.
 */
@ApplicationScoped
public class VacuumStatement {

    private static final Sql WORN = Sql.of("postgresql", "worn_table");

    private volatile long deletedBefore;

    /**
     * Vacuums what has that many dead rows, half as many as live ones and as many as pages in its index, if as many, and at
     * least half of the dead ones, went since the last time: under an old snapshot nothing can be cleared away, and it is
     * tried ever more seldom. None that somebody else works at, or whose owner we are not.
     *
     * @param connection in no transaction
     * @param dead at least 1
     * @return how many tables were tried
     */
    public int vacuum(Connection connection, int dead) throws SQLException {
        if (Database.of(connection) == Database.H2) {
            return 0;
        }
        Values values = new Values()
                .set("schema", Database.POSTGRESQL.schema())
                .set("table", "ready")
                .set("dead", dead)
                .set("deleted_before", deletedBefore)
                .set("usage", "USAGE");
        List<Long> deleted = WORN.query(connection, values, row -> row.getLong("n_tup_del"));
        for (long now : deleted) {
            deletedBefore = now;
            try (Statement statement = connection.createStatement()) {
                statement.execute("vacuum (skip_locked, truncate off, index_cleanup on) leasehold.ready");
            }
        }
        return deleted.size();
    }
}

package dev.leasehold.sql;

import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/**
 * Has PostgreSQL look at tables that have outgrown what it knows of them. Plans are made of that and kept by connections; its
 * autovacuum looks once a minute, and a queue fills sooner. H2 looks by itself.
 */
@ApplicationScoped
public class AnalyzeStatement {

    private static final Sql OUTGROWN = Sql.of("postgresql", "outgrown_tables");

    /**
     * Analyzes tables of the queue that are twice as large as when they were looked at; those that somebody else looks at
     * are left out.
     *
     * @param most how many at most
     * @return how many were tried
     */
    public int analyze(Connection connection, int most) throws SQLException {
        if (Database.of(connection) == Database.H2) {
            return 0;
        }
        Values values = new Values()
                .set("schema", Database.POSTGRESQL.schema())
                .set("table", "r")
                .set("page", "block_size")
                .set("usage", "USAGE")
                .set("max", most);
        List<String> tables = OUTGROWN.query(connection, values, row -> row.getString("name"));
        try (Statement statement = connection.createStatement()) {
            for (String table : tables) {
                statement.execute("analyze (skip_locked) leasehold." + table);
            }
        }
        return tables.size();
    }
}

package dev.leasehold.node;

import dev.leasehold.sql.Database;
import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;

/** Brings the queue's own schema up to date; it touches no other schema of the database. */
public final class Migrations {

    private Migrations() {}

    /** Migrates; a missing folder of migrations is an error, not an empty list. */
    public static void run(DataSource dataSource, Database database) {
        Flyway.configure(Migrations.class.getClassLoader())
                .dataSource(PatientConnections.of(dataSource))
                .locations("classpath:" + database.migrations())
                .failOnMissingLocations(true)
                .defaultSchema(database.schema())
                .createSchemas(true)
                .table("leasehold_schema_history")
                .load()
                .migrate();
    }

    /** The database behind a data source. */
    public static Database database(DataSource dataSource) throws SQLException {
        try (Connection connection = dataSource.getConnection()) {
            return Database.of(connection);
        }
    }
}

package dev.leasehold.sql;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Locale;

/** The databases that the queue runs on. */
public enum Database {
    /** Embedded, one process. */
    H2("LEASEHOLD"),
    /** Version 15 or later, any number of nodes. */
    POSTGRESQL("leasehold");

    private final String schema;

    Database(String schema) {
        this.schema = schema;
    }

    /** The name of the schema that holds the queue's tables, as this database spells it. */
    public String schema() {
        return schema;
    }

    /** Where its migrations lie on the class path. */
    public String migrations() {
        return "dev/leasehold/sql/migration/" + name().toLowerCase(Locale.ROOT);
    }

    /** The database at the other end of a connection. */
    public static Database of(Connection connection) throws SQLException {
        String product = connection.getMetaData().getDatabaseProductName();
        return switch (product) {
            case "H2" -> H2;
            case "PostgreSQL" -> POSTGRESQL;
            default -> throw new SQLException("Leasehold runs on H2 and PostgreSQL, not on " + product);
        };
    }
}

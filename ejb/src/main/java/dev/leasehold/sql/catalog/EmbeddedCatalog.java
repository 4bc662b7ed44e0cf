package dev.leasehold.sql.catalog;

import dev.leasehold.sql.Sql;
import dev.leasehold.sql.Values;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/** H2's settings. */
public final class EmbeddedCatalog {

    private static final Sql SETTING = Sql.of("h2", "database_setting");

    private EmbeddedCatalog() {}

    /** How many bytes the database's file has; nothing where the database is in memory only. */
    public static Optional<Long> fileSize(Connection connection) throws SQLException {
        return setting(connection, "info.FILE_SIZE").map(Long::valueOf);
    }

    /** For how many milliseconds at most a commit may be answered before it is on disk; nothing where it is not known. */
    public static Optional<Integer> writeDelay(Connection connection) throws SQLException {
        return setting(connection, "WRITE_DELAY").map(Integer::valueOf);
    }

    private static Optional<String> setting(Connection connection, String name) throws SQLException {
        List<String> found =
                SETTING.query(connection, new Values().set("name", name), row -> row.getString("setting_value"));
        return found.stream().findFirst();
    }
}

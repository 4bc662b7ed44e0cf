package dev.leasehold.database;

import dev.leasehold.node.Migrations;
import dev.leasehold.sql.Database;
import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.h2.jdbcx.JdbcConnectionPool;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyManager;

/** Copies all that a database holds, its sequences included, into a new one, as a dump and its restore do. */
public final class Restore {

    private Restore() {}

    /** A new database with the same rows; on PostgreSQL on another server. */
    public static JdbcConnectionPool of(Database kind, JdbcConnectionPool source) {
        JdbcConnectionPool target = TestDatabases.elsewhere(kind);
        try (Connection from = source.getConnection();
                Connection to = target.getConnection()) {
            if (kind == Database.H2) {
                script(from, to);
            } else {
                Migrations.run(target, kind);
                copy(from, to);
            }
        } catch (SQLException | IOException e) {
            throw new IllegalStateException(e);
        }
        return target;
    }

    private static void script(Connection from, Connection to) throws SQLException {
        try (Statement target = to.createStatement()) {
            for (String command : texts(from, "script")) {
                target.execute(command);
            }
        }
    }

    private static void copy(Connection from, Connection to) throws SQLException, IOException {
        CopyManager reader = from.unwrap(PGConnection.class).getCopyAPI();
        CopyManager writer = to.unwrap(PGConnection.class).getCopyAPI();
        try (Statement target = to.createStatement()) {
            for (String table : texts(from, """
                    select tablename from pg_tables
                    where schemaname = 'leasehold' and tablename <> 'leasehold_schema_history'
                    """)) {
                target.execute("delete from leasehold." + table);
                StringWriter rows = new StringWriter();
                reader.copyOut("copy leasehold." + table + " to stdout", rows);
                writer.copyIn("copy leasehold." + table + " from stdin", new StringReader(rows.toString()));
            }
            for (String sequence : texts(from, """
                    select format('select setval(%L, %s)', schemaname || '.' || sequencename, last_value)
                    from pg_sequences where schemaname = 'leasehold' and last_value is not null
                    """)) {
                target.execute(sequence);
            }
        }
    }

    private static List<String> texts(Connection connection, String query) throws SQLException {
        List<String> texts = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(query)) {
            while (rows.next()) {
                texts.add(rows.getString(1));
            }
        }
        return texts;
    }
}

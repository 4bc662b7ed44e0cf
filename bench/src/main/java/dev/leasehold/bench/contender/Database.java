package dev.leasehold.bench.contender;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/**
 * A database of the benchmark's PostgreSQL on loopback, which trusts everybody.
 *
 * @param postmaster the process whose CPU and whose children's is the database's
 */
public record Database(int port, String name, long postmaster) {
    /** The only user; the password is empty. */
    public static final String USER = "postgres";

    public static final String HOST = "127.0.0.1";

    /** For JDBC, without user. */
    public String url() {
        return "jdbc:postgresql://" + HOST + ":" + port + "/" + name;
    }

    /** For libpq and the programs on Node.js. */
    public String uri() {
        return "postgres://" + USER + "@" + HOST + ":" + port + "/" + name;
    }

    /** The same server's other database. */
    public Database named(String other) {
        return new Database(port, other, postmaster);
    }

    /** A new connection with autocommit. */
    public Connection open() throws SQLException {
        return open("");
    }

    /** The same with the server's parameters set so, as on its command line. */
    public Connection open(String options) throws SQLException {
        Properties properties = new Properties();
        properties.setProperty("user", USER);
        properties.setProperty("password", "");
        properties.setProperty("options", options);
        return DriverManager.getConnection(url(), properties);
    }

    /** Executes each on one connection of its own, each in a transaction of its own. */
    public void execute(String... statements) throws SQLException {
        try (var connection = open();
                var statement = connection.createStatement()) {
            for (var sql : statements) {
                statement.execute(sql);
            }
        }
    }

    /** The one number that a query answers. */
    public long number(String query) throws SQLException {
        try (var connection = open();
                var statement = connection.createStatement();
                var rows = statement.executeQuery(query)) {
            rows.next();
            return rows.getLong(1);
        }
    }

    /** The one word that a query answers. */
    public @Nullable String word(String query) throws SQLException {
        try (var connection = open();
                var statement = connection.createStatement();
                var rows = statement.executeQuery(query)) {
            return rows.next() ? rows.getString(1) : null;
        }
    }
}

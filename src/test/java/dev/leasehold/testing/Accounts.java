package dev.leasehold.testing;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.UUID;
import javax.sql.DataSource;

/** An application's tables: one row for each time something was paid, and one for each run that has paid. */
final class Accounts {

    private final DataSource database;

    Accounts(DataSource database) {
        this.database = database;
    }

    static void create(DataSource database) throws SQLException {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("create table payment (run_id uuid not null)");
            statement.execute("create table paid (run_id uuid primary key)");
            statement.execute("create table account (total bigint not null)");
            statement.execute("insert into account (total) values (0)");
        }
    }

    /** The effect. */
    void pay(UUID run) throws SQLException {
        update("insert into payment (run_id) values (?)", run);
    }

    /** The guard; answers whether it was not there yet. */
    boolean claim(UUID run) throws SQLException {
        return update(
                        "merge into paid p using (values (cast(? as uuid))) as v (run_id) on p.run_id = v.run_id"
                                + " when not matched then insert values (v.run_id)",
                        run)
                == 1;
    }

    /** Whether the guard is there. */
    boolean claimed(UUID run) throws SQLException {
        return count("select count(*) from paid where run_id = '" + run + "'") > 0;
    }

    /** Adds to the one account that all runs share. */
    void deposit(long amount) throws SQLException {
        try (Connection connection = database.getConnection();
                PreparedStatement statement = connection.prepareStatement("update account set total = total + ?")) {
            statement.setLong(1, amount);
            statement.executeUpdate();
        }
    }

    long payments() throws SQLException {
        return count("select count(*) from payment");
    }

    long total() throws SQLException {
        return count("select total from account");
    }

    void total(long to) throws SQLException {
        try (Connection connection = database.getConnection();
                PreparedStatement statement = connection.prepareStatement("update account set total = ?")) {
            statement.setLong(1, to);
            statement.executeUpdate();
        }
    }

    private int update(String sql, UUID run) throws SQLException {
        try (Connection connection = database.getConnection();
                PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setObject(1, run);
            return statement.executeUpdate();
        }
    }

    private long count(String sql) throws SQLException {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getLong(1);
        }
    }
}

package dev.leasehold.server;

import dev.leasehold.sql.catalog.Connections;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;

/** Two accounts and a line for each transfer, in the queue's database; it knows nothing of runs that are repeated. */
@ApplicationScoped
public class Bank {

    /** What the tables are made by; outside of every transaction, for H2 would end it. */
    static final List<String> TABLES = List.of(
            "create schema bank",
            "create table bank.account (bank varchar(40), id integer, balance bigint, primary key (bank, id))",
            "create table bank.transfer (bank varchar(40), run_id uuid, fence bigint)");

    @Inject
    Connections connections;

    /** Moves one from the first account to the second, in the caller's transaction. */
    void transfer(String bank, UUID run, long fence) throws SQLException {
        try (Connection connection = connections.open()) {
            book(connection, bank, 1, -1);
            book(connection, bank, 2, 1);
            try (PreparedStatement line = connection.prepareStatement("insert into bank.transfer values (?, ?, ?)")) {
                line.setString(1, bank);
                line.setObject(2, run);
                line.setLong(3, fence);
                line.executeUpdate();
            }
        }
    }

    private static void book(Connection connection, String bank, int account, long amount) throws SQLException {
        try (PreparedStatement change = connection.prepareStatement(
                "update bank.account set balance = balance + ? where bank = ? and id = ?")) {
            change.setLong(1, amount);
            change.setString(2, bank);
            change.setInt(3, account);
            if (change.executeUpdate() != 1) {
                throw new SQLException("no account " + account + " at " + bank);
            }
        }
    }
}

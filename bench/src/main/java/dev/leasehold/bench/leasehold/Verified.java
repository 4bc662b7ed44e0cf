package dev.leasehold.bench.leasehold;

import dev.leasehold.bench.contender.Database;
import dev.leasehold.bench.contender.Outcome;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;

/** The check before and after each case: {@link Audit} over all rows, and the product's own {@code verify} over a thousand. */
final class Verified {

    private static final String SAMPLE = "select run_id from leasehold.run order by random() limit 1000";

    private final Database database;
    private final Api api;

    Verified(Database database, Api api) {
        this.database = database;
        this.api = api;
    }

    /** Good, or void with what is wrong. */
    Outcome outcome(Expected expected) throws SQLException {
        return fault(expected).map(Outcome::voided).orElse(Outcome.good());
    }

    /** What is wrong, if anything. */
    Optional<String> fault(Expected expected) throws SQLException {
        try (Connection connection = database.open()) {
            Optional<String> fault = Audit.of(connection, expected);
            return fault.isPresent() ? fault : unverified(connection);
        }
    }

    private Optional<String> unverified(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet runs = statement.executeQuery(SAMPLE)) {
            while (runs.next()) {
                String run = runs.getString(1);
                if (!api.get("/leasehold/api/v1/runs/" + run + "/verify")
                        .path("ok")
                        .asBoolean()) {
                    return Optional.of("verify refuses run " + run);
                }
            }
        }
        return Optional.empty();
    }
}

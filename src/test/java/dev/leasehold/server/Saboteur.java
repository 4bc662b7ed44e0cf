package dev.leasehold.server;

import dev.leasehold.api.Attempt;
import dev.leasehold.api.Handler;
import dev.leasehold.api.Handles;
import dev.leasehold.api.Outcome;
import jakarta.annotation.Resource;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;

/** Changes the queue's tables behind its back: runs the statement that its payload is. */
@Handles("test.sabotage")
public class Saboteur implements Handler<String> {

    @Resource(lookup = "java:app/jdbc/Leasehold")
    DataSource source;

    @Override
    public Outcome run(String payload, Attempt attempt) throws SQLException {
        try (Connection connection = source.getConnection();
                Statement statement = connection.createStatement()) {
            return statement.executeUpdate(payload) == 1 ? Outcome.success() : Outcome.fail("nothing was changed");
        }
    }
}

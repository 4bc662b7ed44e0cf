package dev.leasehold.server;

import dev.leasehold.api.Attempt;
import dev.leasehold.api.Handler;
import dev.leasehold.api.Handles;
import dev.leasehold.api.Outcome;
import dev.leasehold.sql.QueueSession;
import dev.leasehold.sql.Repeats;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;

/** Changes the queue's tables behind its back: runs the statement that its payload is. */
@Handles("test.sabotage")
public class Saboteur implements Handler<String> {

    @Inject
    Repeats repeats;

    @Inject
    QueueSession session;

    @Override
    public Outcome run(String payload, Attempt attempt) {
        int changed = repeats.call(() -> session.work(connection -> execute(connection, payload)));
        return changed == 1 ? Outcome.success() : Outcome.fail("nothing was changed");
    }

    private static int execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            return statement.executeUpdate(sql);
        }
    }
}

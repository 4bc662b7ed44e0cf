package dev.leasehold.server;

import dev.leasehold.api.Attempt;
import dev.leasehold.api.Handler;
import dev.leasehold.api.Handles;
import dev.leasehold.api.Outcome;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import javax.naming.InitialContext;
import javax.naming.NamingException;
import javax.sql.DataSource;

/** Changes the queue's tables behind its back: runs the statement that its payload is. */
@Handles("test.sabotage")
public class Saboteur implements Handler<String> {

    @Override
    public Outcome run(String payload, Attempt attempt) throws NamingException, SQLException {
        DataSource source = InitialContext.doLookup("java:app/jdbc/Leasehold");
        try (Connection connection = source.getConnection();
                Statement statement = connection.createStatement()) {
            return statement.executeUpdate(payload) == 1 ? Outcome.success() : Outcome.fail("nothing was changed");
        }
    }
}

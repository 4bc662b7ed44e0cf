package dev.leasehold.sql;

import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Notes that queues are paused. */
@ApplicationScoped
public class PauseStatement {

    private static final Sql PAUSE_H2 = Sql.of("h2", "pause");
    private static final Sql PAUSE_POSTGRESQL = Sql.of("postgresql", "pause");

    /** A pause; the queue is empty where everything is paused. */
    public record PauseRow(
            UUID tenant,
            String queue,
            Instant now,
            String actor,
            @Nullable String reason) {}

    /** Answers false, changing nothing, where it is paused already, also by a transaction that it waits for. */
    public boolean pause(Connection connection, PauseRow row) throws SQLException {
        Values values = new Values()
                .set("tenant", row.tenant())
                .set("queue", row.queue())
                .set("now", row.now())
                .set("actor", row.actor())
                .set("reason", row.reason());
        return InsertOrNothing.of(PAUSE_H2, PAUSE_POSTGRESQL).insert(connection, values);
    }
}

package dev.leasehold.sql.postgresql;

import dev.leasehold.sql.Rows;
import dev.leasehold.sql.Sql;
import dev.leasehold.sql.StartStatement;
import dev.leasehold.sql.Values;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

/** Starts attempts in one statement. */
public final class PostgresqlStart implements StartStatement {

    private static final Sql START = Sql.of("postgresql", "start");

    @Override
    public Map<UUID, Started> start(Connection connection, Start start) throws SQLException {
        Values values = new Values()
                .set("tenant", start.tenant())
                .set("now", start.now())
                .set("actor", start.actor())
                .set("grace_micros", TimeUnit.NANOSECONDS.toMicros(start.grace().toNanos()))
                .column("run_ids", "uuid", start.rows(), StartRow::runId)
                .column("owners", "varchar", start.rows(), StartRow::owner)
                .column("fences", "int8", start.rows(), StartRow::fence)
                .column("attempt_ids", "uuid", start.rows(), StartRow::attemptId);
        Map<UUID, Started> started = new HashMap<>();
        START.query(
                connection,
                values,
                row -> started.put(
                        Rows.uuid(row, "run_id"),
                        new Started(row.getInt("attempts_started"), Rows.instantOrNull(row, "deadline"))));
        return started;
    }
}

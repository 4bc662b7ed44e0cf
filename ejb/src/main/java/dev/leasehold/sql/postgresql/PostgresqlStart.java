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

/** Starts attempts in one statement. */
public final class PostgresqlStart implements StartStatement {

    private static final Sql START = Sql.of("postgresql", "start");

    @Override
    public Map<UUID, Integer> start(Connection connection, Start start) throws SQLException {
        Values values = new Values()
                .set("tenant", start.tenant())
                .set("now", start.now())
                .set("actor", start.actor())
                .column("run_ids", "uuid", start.rows(), StartRow::runId)
                .column("owners", "varchar", start.rows(), StartRow::owner)
                .column("fences", "int8", start.rows(), StartRow::fence)
                .column("attempt_ids", "uuid", start.rows(), StartRow::attemptId);
        Map<UUID, Integer> numbers = new HashMap<>();
        START.query(connection, values, row -> numbers.put(Rows.uuid(row, "run_id"), row.getInt("attempts_started")));
        return numbers;
    }
}

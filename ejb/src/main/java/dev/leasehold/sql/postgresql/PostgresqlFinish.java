package dev.leasehold.sql.postgresql;

import dev.leasehold.sql.FinishStatement;
import dev.leasehold.sql.Payloads;
import dev.leasehold.sql.Rows;
import dev.leasehold.sql.Sql;
import dev.leasehold.sql.Values;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;

/** Finishes attempts in one statement. */
public final class PostgresqlFinish implements FinishStatement {

    private static final Sql FINISH = Sql.of("postgresql", "finish");

    @Override
    public Map<UUID, Boolean> finish(Connection connection, Finish finish) throws SQLException {
        Values values = new Values()
                .set("tenant", finish.tenant())
                .set("now", finish.now())
                .set("actor", finish.actor())
                .column("run_ids", "uuid", finish.rows(), FinishRow::runId)
                .column("owners", "varchar", finish.rows(), FinishRow::owner)
                .column("fences", "int8", finish.rows(), FinishRow::fence)
                .column("attempt_ids", "uuid", finish.rows(), FinishRow::attemptId)
                .column("targets", "varchar", finish.rows(), FinishRow::target)
                .column("due_at", "timestamptz", finish.rows(), FinishRow::dueAt)
                .column("results", "varchar", finish.rows(), FinishRow::result)
                .column("errors", "varchar", finish.rows(), FinishRow::error)
                .column("output_content_types", "varchar", finish.rows(), row -> Payloads.contentType(row.output()))
                .column("output_forms", "varchar", finish.rows(), row -> Payloads.form(row.output()))
                .column("outputs", "bytea", finish.rows(), row -> Payloads.bytes(row.output()))
                .column("outcome_digests", "uuid", finish.rows(), FinishRow::digest);
        Map<UUID, Boolean> ended = new HashMap<>();
        FINISH.query(connection, values, row -> ended.put(Rows.uuid(row, "run_id"), row.getBoolean("holds")));
        return ended;
    }
}

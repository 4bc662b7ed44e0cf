package dev.leasehold.sql.postgresql;

import dev.leasehold.sql.GateValues;
import dev.leasehold.sql.Payloads;
import dev.leasehold.sql.Rows;
import dev.leasehold.sql.Sql;
import dev.leasehold.sql.SubmitStatement;
import dev.leasehold.sql.Values;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

/** Stores tasks, runs and events in one statement. */
public final class PostgresqlSubmit implements SubmitStatement {

    private static final Sql SUBMIT = Sql.of("postgresql", "submit");

    @Override
    public Set<UUID> submit(Connection connection, Submission submission) throws SQLException {
        Values values = new Values()
                .set("tenant", submission.tenant())
                .set("actor", submission.actor())
                .set("now", submission.now())
                .set("everything", "");
        values = values.with(tasks(submission.tasks()))
                .with(policies(submission.tasks()))
                .with(GateValues.of(submission.tasks()))
                .with(runs(submission.runs()));
        return new HashSet<>(SUBMIT.query(connection, values, row -> Rows.uuid(row, "task_id")));
    }

    private static Values tasks(List<TaskRow> rows) {
        return new Values()
                .column("task_ids", "uuid", rows, TaskRow::taskId)
                .column("types", "varchar", rows, TaskRow::type)
                .column("queues", "varchar", rows, TaskRow::queue)
                .column("payload_content_types", "varchar", rows, row -> Payloads.contentType(row.payload()))
                .column("payload_forms", "varchar", rows, row -> Payloads.form(row.payload()))
                .column("payloads", "bytea", rows, row -> Payloads.bytes(row.payload()))
                .column("safety_levels", "varchar", rows, TaskRow::safetyLevel)
                .column("tags", "varchar", rows, TaskRow::tags)
                .column("priorities", "int4", rows, TaskRow::priority)
                .column("descriptions", "varchar", rows, TaskRow::description)
                .column("digests", "varchar", rows, TaskRow::digest);
    }

    private static Values policies(List<TaskRow> rows) {
        return new Values()
                .column("run_policies", "varchar", rows, TaskRow::runPolicy)
                .column("max_attempts", "int4", rows, TaskRow::maxAttempts)
                .column(
                        "backoff_strategies",
                        "varchar",
                        rows,
                        row -> row.backoff().strategy().name())
                .column(
                        "backoff_delays",
                        "int8",
                        rows,
                        row -> micros(row.backoff().delay()))
                .column("backoff_factors", "float8", rows, row -> row.backoff().factor())
                .column(
                        "backoff_max_delays",
                        "int8",
                        rows,
                        row -> micros(row.backoff().maxDelay()))
                .column("backoff_jitters", "float8", rows, row -> row.backoff().jitter())
                .column("timeouts", "int8", rows, row -> row.timeout() == null ? null : micros(row.timeout()));
    }

    private static Values runs(List<RunRow> rows) {
        return new Values()
                .column("run_ids", "uuid", rows, RunRow::runId)
                .column("run_task_ids", "uuid", rows, RunRow::taskId)
                .column("run_lanes", "int8", rows, RunRow::lane)
                .column("run_scheduled_at", "timestamptz", rows, RunRow::scheduledAt)
                .column("run_priorities", "int4", rows, RunRow::priority)
                .column("run_due", "bool", rows, RunRow::due)
                .column("run_gated", "bool", rows, RunRow::gated)
                .column("run_expires_at", "timestamptz", rows, RunRow::expiresAt);
    }

    private static long micros(Duration duration) {
        return TimeUnit.NANOSECONDS.toMicros(duration.toNanos());
    }
}

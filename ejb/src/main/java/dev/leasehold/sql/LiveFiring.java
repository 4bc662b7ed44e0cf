package dev.leasehold.sql;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A firing whose run had not ended when it was last looked at.
 *
 * @param missed how many missed instants it stands for; null where none was missed
 * @param apart whether the run becomes ready by an instant of its own
 * @param state the run's; null where it is gone
 */
public record LiveFiring(
        UUID task,
        Instant at,
        UUID run,
        boolean buffered,
        @Nullable Long missed,
        boolean apart,
        @Nullable String state) {

    static LiveFiring read(ResultSet row) throws SQLException {
        return new LiveFiring(
                Rows.uuid(row, "task_id"),
                Rows.instant(row, "scheduled_at"),
                Rows.uuid(row, "run_id"),
                row.getBoolean("buffered"),
                row.getObject("missed", Long.class),
                row.getBoolean("apart"),
                row.getString("state"));
    }

    /** The same as its run stands, which the transaction holds. */
    public LiveFiring as(LockedRun run) {
        return new LiveFiring(task, at, this.run, buffered, missed, run.dueAt() != null, run.state());
    }
}

package dev.leasehold.sql;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What a run was told.
 *
 * @param tenant the tenant
 * @param run the run
 * @param eventSeq the number of the event that says so, and so its place among what the run was told
 * @param name what it is called
 * @param ordinal its place among those of its name, from 1
 * @param payload what came with it, a JSON document
 * @param taker the wait that took it; null while none did
 * @param createdAt when it came
 */
public record SignalRow(
        UUID tenant,
        UUID run,
        int eventSeq,
        String name,
        int ordinal,
        @Nullable String payload,
        @Nullable String taker,
        Instant createdAt) {

    static SignalRow read(ResultSet row) throws SQLException {
        return new SignalRow(
                Rows.uuid(row, "tenant_id"),
                Rows.uuid(row, "run_id"),
                row.getInt("event_seq"),
                row.getString("name"),
                row.getInt("ordinal"),
                row.getString("payload"),
                row.getString("wait_id"),
                Rows.instant(row, "created_at"));
    }

    /** The same, taken by that wait. */
    public SignalRow taken(@Nullable String by) {
        return new SignalRow(tenant, run, eventSeq, name, ordinal, payload, by, createdAt);
    }

    Values values() {
        return new Values()
                .set("tenant", tenant)
                .set("run_id", run)
                .set("event_seq", eventSeq)
                .set("name", name)
                .set("ordinal", ordinal)
                .set("payload", payload)
                .set("wait_id", taker)
                .set("created_at", createdAt);
    }
}

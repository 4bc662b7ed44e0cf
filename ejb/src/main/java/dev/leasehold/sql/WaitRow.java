package dev.leasehold.sql;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What a run waits for beside an instant of its own.
 *
 * @param tenant the tenant
 * @param id its name, one of the tenant's
 * @param run the run
 * @param kind the kind's word
 * @param name the signal's name; null where it is for none
 * @param status the status's word
 * @param blocks whether the run does not go on because of it
 * @param reason why it was opened
 * @param wakeAt when it is over by itself
 * @param timeout what happens when it takes too long; null when it may take for ever
 * @param schema the members that its payload must have: a name and a type for each, a line each
 * @param end how it ended
 * @param createdAt when it was opened
 * @param updatedAt when it last changed
 */
public record WaitRow(
        UUID tenant,
        String id,
        UUID run,
        String kind,
        @Nullable String name,
        String status,
        boolean blocks,
        @Nullable String reason,
        @Nullable Instant wakeAt,
        @Nullable Timeout timeout,
        @Nullable String schema,
        End end,
        Instant createdAt,
        Instant updatedAt) {

    /**
     * What happens when it takes too long.
     *
     * @param at when that is
     * @param action the action's word
     * @param escalateTo whom it concerns then
     * @param remindEvery how long until the next reminder
     * @param reminders how many there were
     * @param remindedAt when the last one was
     */
    public record Timeout(
            Instant at,
            String action,
            @Nullable String escalateTo,
            @Nullable Duration remindEvery,
            int reminders,
            @Nullable Instant remindedAt) {}

    /**
     * Where it stands in the run's history, and how it ended.
     *
     * @param eventSeq the number of the event that it last had
     * @param key the key under which it ended
     * @param payload what whoever resolved it said, a JSON document
     * @param at when; null while it goes on
     */
    public record End(
            int eventSeq,
            @Nullable String key,
            @Nullable String payload,
            @Nullable Instant at) {}

    static WaitRow read(ResultSet row) throws SQLException {
        return new WaitRow(
                Rows.uuid(row, "tenant_id"),
                row.getString("wait_id"),
                Rows.uuid(row, "run_id"),
                row.getString("kind"),
                row.getString("name"),
                row.getString("status"),
                row.getBoolean("blocks"),
                row.getString("reason"),
                Rows.instantOrNull(row, "wake_at"),
                timeout(row),
                row.getString("payload_schema"),
                new End(
                        row.getInt("event_seq"),
                        row.getString("completion_key"),
                        row.getString("payload"),
                        Rows.instantOrNull(row, "completed_at")),
                Rows.instant(row, "created_at"),
                Rows.instant(row, "updated_at"));
    }

    private static @Nullable Timeout timeout(ResultSet row) throws SQLException {
        Instant at = Rows.instantOrNull(row, "timeout_at");
        return at == null
                ? null
                : new Timeout(
                        at,
                        row.getString("on_timeout"),
                        row.getString("escalate_to"),
                        Rows.durationOrNull(row, "remind_micros"),
                        row.getInt("reminders"),
                        Rows.instantOrNull(row, "reminded_at"));
    }

    Values values(@Nullable Instant dueAt) {
        return new Values()
                .set("tenant", tenant)
                .set("wait_id", id)
                .set("run_id", run)
                .set("kind", kind)
                .set("name", name)
                .set("status", status)
                .set("blocks", blocks)
                .set("reason", reason)
                .set("due_at", dueAt)
                .set("wake_at", wakeAt)
                .set("payload_schema", schema)
                .set("payload", end.payload())
                .set("completion_key", end.key())
                .set("event_seq", end.eventSeq())
                .set("created_at", createdAt)
                .set("updated_at", updatedAt)
                .set("completed_at", end.at())
                .with(timeoutValues());
    }

    private Values timeoutValues() {
        Duration every = timeout == null ? null : timeout.remindEvery();
        return new Values()
                .set("timeout_at", timeout == null ? null : timeout.at())
                .set("on_timeout", timeout == null ? null : timeout.action())
                .set("escalate_to", timeout == null ? null : timeout.escalateTo())
                .set("remind_micros", every == null ? null : every.toNanos() / 1000)
                .set("reminders", timeout == null ? 0 : timeout.reminders())
                .set("reminded_at", timeout == null ? null : timeout.remindedAt());
    }

    /** The same in another status. */
    public WaitRow status(String word, boolean goesOnBlocking, End how, Instant now) {
        return new WaitRow(
                tenant,
                id,
                run,
                kind,
                name,
                word,
                goesOnBlocking,
                reason,
                wakeAt,
                timeout,
                schema,
                how,
                createdAt,
                now);
    }

    /** The same with its timeout at another instant. */
    public WaitRow timeout(Timeout later) {
        return new WaitRow(
                tenant, id, run, kind, name, status, blocks, reason, wakeAt, later, schema, end, createdAt, updatedAt);
    }
}

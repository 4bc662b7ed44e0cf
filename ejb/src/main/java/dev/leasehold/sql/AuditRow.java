package dev.leasehold.sql;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One record of a tenant's audit as it is stored.
 *
 * @param seq its number, gapless from 1
 * @param eventId what tells it from others
 * @param eventType what happened
 * @param actor who did it
 * @param createdAtMs when, in milliseconds since the epoch
 * @param runId the run that it is about, if it is about one
 * @param payload what else there is to say, canonical JSON
 * @param prevHash the digest of the record before it; null for the first
 * @param recordHash its own digest
 */
public record AuditRow(
        long seq,
        String eventId,
        String eventType,
        String actor,
        long createdAtMs,
        @Nullable UUID runId,
        String payload,
        @Nullable String prevHash,
        String recordHash) {

    static AuditRow read(ResultSet row) throws SQLException {
        return new AuditRow(
                row.getLong("seq"),
                row.getString("event_id"),
                row.getString("event_type"),
                row.getString("actor"),
                row.getLong("created_at_ms"),
                row.getObject("run_id", UUID.class),
                row.getString("payload"),
                row.getString("prev_hash"),
                row.getString("record_hash"));
    }

    /** The same with another digest. */
    public AuditRow hashed(String digest) {
        return new AuditRow(seq, eventId, eventType, actor, createdAtMs, runId, payload, prevHash, digest);
    }

    Values values(UUID tenant) {
        return new Values()
                .set("tenant", tenant)
                .set("seq", seq)
                .set("event_id", eventId)
                .set("event_type", eventType)
                .set("actor", actor)
                .set("created_at_ms", createdAtMs)
                .set("run_id", runId)
                .set("payload", payload)
                .set("prev_hash", prevHash)
                .set("record_hash", recordHash);
    }
}

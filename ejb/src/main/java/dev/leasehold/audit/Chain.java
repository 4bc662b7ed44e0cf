package dev.leasehold.audit;

import dev.leasehold.sql.AuditHead;
import dev.leasehold.sql.AuditRow;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a record's digest is taken over: all of it but that digest, as canonical JSON (S62). */
public final class Chain {

    private Chain() {}

    /** The record with its digest. */
    static AuditRow sealed(AuditHead.Place place, AuditRow row) {
        return row.hashed(hash(place, row));
    }

    static String hash(AuditHead.Place place, AuditRow row) {
        return CanonicalJson.sha256(CanonicalJson.of(members(place, row)));
    }

    /** Whether nothing of the record was changed, nor the column by which it is found. */
    static boolean isWhole(AuditHead.Place place, AuditRow row) {
        boolean found = row.runId() == null || row.payload().contains("\"run_id\":\"" + row.runId() + "\"");
        return found && hash(place, row).equals(row.recordHash());
    }

    /** The record as it is exported: canonical JSON of what its digest is taken over, and that digest. */
    public static String line(AuditHead.Place place, AuditRow row) {
        Map<String, @Nullable Object> members = members(place, row);
        members.put("record_hash", row.recordHash());
        return CanonicalJson.of(members);
    }

    private static Map<String, @Nullable Object> members(AuditHead.Place place, AuditRow row) {
        Map<String, @Nullable Object> tenant = new HashMap<>();
        tenant.put("deployment_id", place.deployment());
        tenant.put("org_id", place.org());
        tenant.put("workspace_id", place.workspace());
        Map<String, @Nullable Object> members = new HashMap<>();
        members.put("actor", row.actor());
        members.put("created_at_ms", row.createdAtMs());
        members.put("event_id", row.eventId());
        members.put("event_type", row.eventType());
        members.put("payload", new CanonicalJson.Raw(row.payload()));
        members.put("prev_hash", row.prevHash());
        members.put("seq", row.seq());
        members.put("tenant", tenant);
        return members;
    }
}

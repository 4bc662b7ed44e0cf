package dev.leasehold.http;

import dev.leasehold.audit.CanonicalJson;
import dev.leasehold.sql.AuditRow;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** A record of the audit. Its time is a whole number of milliseconds, as its digest is taken over it (decisions 3). */
record AuditView(
        long seq,
        String eventId,
        String eventType,
        String actor,
        long createdAtMs,
        Object payload,
        String payloadDigest,
        @Nullable String prevHash,
        String recordHash) {

    static AuditView of(AuditRow row) {
        return new AuditView(
                row.seq(),
                row.eventId(),
                row.eventType(),
                row.actor(),
                row.createdAtMs(),
                shown(row.payload()),
                CanonicalJson.digest(row.payload()),
                row.prevHash(),
                row.recordHash());
    }

    /** Of a payload that somebody made no JSON of the text is shown: it must not spoil the document around it. */
    private static Object shown(String payload) {
        return JsonBody.isDocument(payload.getBytes(StandardCharsets.UTF_8)) ? new Json.Raw(payload) : payload;
    }
}

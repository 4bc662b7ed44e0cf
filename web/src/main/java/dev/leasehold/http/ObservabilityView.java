package dev.leasehold.http;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.leasehold.audit.CanonicalJson;
import dev.leasehold.audit.Violation;
import dev.leasehold.observability.Observation;
import dev.leasehold.observability.Observations;
import dev.leasehold.run.Run;
import dev.leasehold.sql.AuditRow;
import dev.leasehold.sql.EventRow;
import dev.leasehold.sql.ObservationStatement.Counts;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The members of tandem 6.1. What comes with outbox, effects, compensations, policy decisions and snapshots is there, and
 * empty. Of payloads their digests are shown.
 */
record ObservabilityView(
        UUID runId,
        String source,
        ObjectNode run,
        @Nullable Map<String, Object> currentWait,
        List<Map<String, Object>> waits,
        List<Object> policyDecisions,
        Reliability reliability,
        Audit audit,
        Events events,
        Snapshots snapshots,
        OperatorSummary operatorSummary,
        Map<String, Long> counts,
        Map<String, Boolean> truncated,
        ObservabilityQuery limits) {

    private record Reliability(
            List<Object> outbox, List<Object> toolEffects, List<LetterView> deadLetters, List<Object> compensations) {}

    private record Audit(
            String status, Optional<Broken> violation, String payloadPolicy, List<Protected> protectedEvents) {}

    private record Broken(long seq, String kind) {}

    private record Protected(
            String eventId,
            String eventType,
            long createdAtMs,
            long seq,
            String recordHash,
            String actor,
            String payloadDigest) {
        static Protected of(AuditRow row) {
            return new Protected(
                    row.eventId(),
                    row.eventType(),
                    row.createdAtMs(),
                    row.seq(),
                    row.recordHash(),
                    row.actor(),
                    CanonicalJson.digest(row.payload()));
        }
    }

    private record Events(@Nullable Event latest, List<Event> tail, List<Object> correlationIds) {}

    private record Event(
            String eventId,
            int seq,
            String eventType,
            Instant occurredAt,
            String actor,
            @Nullable String phaseId,
            @Nullable String causationId,
            @Nullable String correlationId,
            Optional<String> payloadDigest) {
        static Event of(EventRow row) {
            return new Event(
                    EventView.id(row),
                    row.version(),
                    row.type(),
                    row.occurredAt(),
                    row.actor(),
                    null,
                    null,
                    null,
                    Optional.ofNullable(row.data()).map(CanonicalJson::digest));
        }
    }

    private record Snapshots(@Nullable Object latest, List<Object> items) {}

    /** What the view is made of. */
    record Parts(Run row, ObjectNode run, Observation seen, ObservabilityQuery limits) {

        ObservabilityView view() {
            List<Map<String, Object>> waits =
                    seen.waits().stream().map(WaitView::of).toList();
            return new ObservabilityView(
                    row.id(),
                    "run_observability",
                    run,
                    seen.blockers().waits().stream()
                            .findFirst()
                            .map(WaitView::of)
                            .orElse(null),
                    waits,
                    List.of(),
                    new Reliability(
                            List.of(),
                            List.of(),
                            seen.letters().stream().map(LetterView::of).toList(),
                            List.of()),
                    audit(),
                    events(),
                    new Snapshots(null, List.of()),
                    OperatorSummary.of(row, seen),
                    counts(),
                    truncated(),
                    limits);
        }

        private Audit audit() {
            Violation broken = seen.audit().violation();
            return new Audit(
                    broken == null ? "ok" : "degraded",
                    Optional.ofNullable(broken)
                            .map(one -> new Broken(one.seq(), one.kind().word())),
                    "redacted_payload_digest_only",
                    seen.audit().records().stream().map(Protected::of).toList());
        }

        private Events events() {
            List<Event> tail = seen.events().stream().map(Event::of).toList();
            return new Events(tail.get(tail.size() - 1), tail, List.of());
        }

        private Map<String, Long> counts() {
            Counts counts = seen.counts();
            Map<String, Long> all = new LinkedHashMap<>();
            all.put("waits", counts.waits());
            all.put("active_waits", counts.activeWaits());
            all.put("policy_decisions", 0L);
            all.put("outbox", 0L);
            all.put("tool_effects", 0L);
            all.put("dead_letters", counts.deadLetters());
            all.put("compensations", 0L);
            all.put("protected_audit_events", counts.auditRecords());
            all.put("events", (long) row.version());
            all.put("snapshots", 0L);
            return all;
        }

        /** Which lists leave out what there is. */
        private Map<String, Boolean> truncated() {
            Counts counts = seen.counts();
            Map<String, Boolean> lists = new LinkedHashMap<>();
            lists.put("state_history", row.version() > Observations.MOST);
            lists.put("attempts", row.attemptsStarted() > Observations.MOST);
            lists.put("waits", counts.waits() > seen.waits().size());
            lists.put("dead_letters", counts.deadLetters() > seen.letters().size());
            lists.put(
                    "protected_events",
                    counts.auditRecords() > seen.audit().records().size());
            lists.put("events", row.version() > seen.events().size());
            lists.put(
                    "blocking_reasons",
                    counts.activeWaits() > seen.blockers().waits().size()
                            || seen.blockers().letters().size() == Observations.MOST);
            return lists;
        }
    }
}

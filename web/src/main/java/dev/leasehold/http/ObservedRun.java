package dev.leasehold.http;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.leasehold.observability.Observation;
import dev.leasehold.observability.PhaseHistory;
import dev.leasehold.observability.RunPhase;
import dev.leasehold.sql.AuditHead;
import dev.leasehold.sql.WaitRow;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What is told of a run beside its body (tandem 4.1). */
record ObservedRun(
        String kind,
        String status,
        String phase,
        List<Phase> phaseHistory,
        List<String> allowedNextPhases,
        @Nullable String activeWaitKind,
        @Nullable String activeWaitId,
        Instant updatedAt,
        @Nullable Instant startedAt,
        @Nullable Instant finishedAt,
        @Nullable String latestSnapshotId,
        Scope scope) {

    private record Phase(String phase, Instant occurredAt, int eventSeq) {
        static Phase of(PhaseHistory.Change change) {
            return new Phase(change.phase().word(), change.at(), change.eventSeq());
        }
    }

    private record Scope(
            String orgId, String workspaceId, @Nullable String deploymentId) {
        static Scope of(AuditHead.Place place) {
            return new Scope(place.org(), place.workspace(), place.deployment());
        }
    }

    /** When it began and ended. */
    record Times(
            Instant updatedAt,
            @Nullable Instant startedAt,
            @Nullable Instant finishedAt) {}

    /** The run's body with what is told beside it. */
    static ObjectNode of(RunDetail detail, Observation seen, Times times) {
        WaitRow wait = seen.blockers().waits().stream().findFirst().orElse(null);
        return Json.joined(
                detail,
                new ObservedRun(
                        "run",
                        seen.status().word(),
                        seen.status().phase().word(),
                        seen.phases().stream().map(Phase::of).toList(),
                        seen.next().stream().map(RunPhase::word).toList(),
                        wait == null ? null : wait.kind(),
                        wait == null ? null : wait.id(),
                        times.updatedAt(),
                        times.startedAt(),
                        times.finishedAt(),
                        null,
                        Scope.of(seen.audit().scope())));
    }
}

package dev.leasehold.observability;

import dev.leasehold.audit.Violation;
import dev.leasehold.sql.AuditHead;
import dev.leasehold.sql.AuditRow;
import dev.leasehold.sql.EventRow;
import dev.leasehold.sql.LetterRow;
import dev.leasehold.sql.ObservationStatement.Counts;
import dev.leasehold.sql.WaitRow;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A run at one look.
 *
 * @param status what it comes to
 * @param phases its phases, the oldest first, as its newest events tell them
 * @param next the phases that may follow
 * @param history the newest events that were read, the oldest first
 * @param events those of them that were asked for
 * @param waits its newest waits, the oldest first
 * @param letters its newest dead letters, the oldest first
 * @param blockers what keeps it, looked for by itself, so that no limit of a list hides it
 * @param audit what its audit says
 * @param counts how many of each there are
 */
public record Observation(
        RunStatus status,
        List<PhaseHistory.Change> phases,
        Set<RunPhase> next,
        List<EventRow> history,
        List<EventRow> events,
        List<WaitRow> waits,
        List<LetterRow> letters,
        Blockers blockers,
        Audit audit,
        Counts counts) {

    /** How many of each list are asked for. */
    public record Limits(int events, int reliability, int audit) {}

    /**
     * What keeps a run.
     *
     * @param waits the waits that block it, the oldest first
     * @param letters the dead letters that leave something to be decided, the oldest first
     * @param gate the request that opens the permit that keeps it; null when none does
     * @param rerun a re-run of it that has not ended
     */
    public record Blockers(
            List<WaitRow> waits,
            List<LetterRow> letters,
            @Nullable String gate,
            @Nullable UUID rerun) {}

    /**
     * What the audit says of a run.
     *
     * @param scope the tenant as its records name it
     * @param records the newest, the oldest first
     * @param violation the first of these that is not what its digest was taken over
     */
    public record Audit(
            AuditHead.Place scope,
            List<AuditRow> records,
            @Nullable Violation violation) {}
}

package dev.leasehold.http;

import dev.leasehold.letter.LetterStatus;
import dev.leasehold.observability.Observation;
import dev.leasehold.observability.RunStatus;
import dev.leasehold.run.Run;
import dev.leasehold.run.RunInLane;
import dev.leasehold.sql.LetterRow;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What may be chosen for a run, and what that rests on (tandem 6.6). What comes with workflows and effects is empty. */
record ResumePlan(
        String planId,
        Instant generatedAt,
        RunView run,
        String runStatus,
        List<Object> completedNodes,
        List<Object> pendingNodes,
        List<Object> blockedNodes,
        @Nullable String lastFailure,
        List<Object> completedEffects,
        List<Object> uncertainEffects,
        List<Object> pendingCompensations,
        List<LetterView> deadLetters,
        List<Point> safeResumePoints,
        List<Choice> operatorChoices,
        Map<String, Object> auditSummary) {

    private record Point(String kind, String call) {}

    private record Choice(String choice, boolean enabled, String executionMode, boolean automaticDispatch) {
        static Choice of(RecoveryChoice choice, boolean enabled) {
            return new Choice(choice.word(), enabled, choice.mode(), choice.automatic());
        }
    }

    static ResumePlan of(RunInLane found, Observation seen, Instant now) {
        Run run = found.run();
        List<Point> points = OperatorSummary.going(run, seen)
                .filter(call -> seen.status() != RunStatus.BLOCKED)
                .map(call -> new Point("run_boundary", call))
                .stream()
                .toList();
        List<LetterRow> letters = seen.blockers().letters();
        return new ResumePlan(
                "resume-plan-" + run.id(),
                now,
                RunView.of(found),
                seen.status().word(),
                List.of(),
                List.of(),
                List.of(),
                lastFailure(seen),
                List.of(),
                List.of(),
                List.of(),
                letters.stream().map(LetterView::of).toList(),
                points,
                List.of(
                        Choice.of(RecoveryChoice.RESUME_FROM_CHECKPOINT, !points.isEmpty()),
                        Choice.of(
                                RecoveryChoice.RETRY_FAILED_EFFECT,
                                letters.stream().anyMatch(ResumePlan::retried)),
                        Choice.of(RecoveryChoice.ABANDON_WITH_AUDIT, !letters.isEmpty())),
                audit(seen));
    }

    private static @Nullable String lastFailure(Observation seen) {
        return Stream.concat(seen.letters().stream(), seen.blockers().letters().stream())
                .filter(letter -> letter.source().ofRun())
                .findFirst()
                .map(LetterRow::reason)
                .orElse(null);
    }

    private static boolean retried(LetterRow letter) {
        Optional<LetterStatus> status = LetterStatus.ofWord(letter.status());
        return letter.source().ofRun() && status.filter(one -> !one.automatic()).isPresent();
    }

    private static Map<String, Object> audit(Observation seen) {
        Map<String, Object> summary = new LinkedHashMap<>();
        summary.put("protected_events", seen.counts().auditRecords());
        summary.put("dead_letters", seen.counts().deadLetters());
        summary.put("active_waits", seen.counts().activeWaits());
        summary.put("requires_operator_review", seen.status().needsAttention());
        return summary;
    }
}

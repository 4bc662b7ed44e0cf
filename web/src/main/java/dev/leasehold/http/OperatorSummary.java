package dev.leasehold.http;

import dev.leasehold.explain.Explainer;
import dev.leasehold.letter.LetterStatus;
import dev.leasehold.observability.Observation;
import dev.leasehold.observability.RunStatus;
import dev.leasehold.run.Run;
import dev.leasehold.run.RunState;
import dev.leasehold.sql.LetterRow;
import dev.leasehold.sql.WaitRow;
import dev.leasehold.wait.Waits;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What keeps a run, and what may be done about it: each action carries the requests that do it (tandem 6.1). */
record OperatorSummary(
        boolean isBlocked, List<Map<String, Object>> blockingReasons, List<Map<String, Object>> allowedActions) {

    static OperatorSummary of(Run run, Observation seen) {
        List<Map<String, Object>> reasons = new ArrayList<>();
        if (seen.status().needsAttention()) {
            reasons.add(Item.of("kind", "run_status")
                    .with("status", seen.status().word())
                    .with("phase", seen.status().phase().word())
                    .members());
        }
        seen.blockers().waits().forEach(wait -> reasons.add(reason(wait)));
        seen.blockers().letters().forEach(letter -> reasons.add(reason(letter)));
        return new OperatorSummary(!reasons.isEmpty(), reasons, actions(run, seen));
    }

    private static Map<String, Object> reason(WaitRow wait) {
        return Item.of("kind", "active_wait")
                .with("wait_id", wait.id())
                .with("wait_kind", wait.kind())
                .with("status", wait.status())
                .with("reason", wait.reason())
                .members();
    }

    private static Map<String, Object> reason(LetterRow letter) {
        return Item.of("kind", "dead_letter")
                .with("dead_letter_id", letter.id())
                .with("source_type", letter.source().type())
                .with("reason", letter.reason())
                .with("status", letter.status())
                .with("automatic", automatic(letter))
                .members();
    }

    private static boolean automatic(LetterRow letter) {
        return LetterStatus.ofWord(letter.status()).map(LetterStatus::automatic).orElse(false);
    }

    private static List<Map<String, Object>> actions(Run run, Observation seen) {
        List<Map<String, Object>> actions = new ArrayList<>();
        going(run, seen)
                .ifPresent(call -> actions.add(Item.of("action", "resume_from_checkpoint")
                        .with("requires_status", RunStatus.attentionWords())
                        .with("calls", List.of(call))
                        .members()));
        List<WaitRow> waits = seen.blockers().waits();
        if (!waits.isEmpty()) {
            actions.add(action(
                    "review_wait", "wait_ids", waits.stream().map(WaitRow::id).toList(), reviews(run, waits)));
        }
        List<LetterRow> letters = seen.blockers().letters().stream()
                .filter(letter -> !automatic(letter))
                .toList();
        if (!letters.isEmpty()) {
            actions.add(action(
                    "resolve_dead_letter",
                    "dead_letter_ids",
                    letters.stream().map(LetterRow::id).toList(),
                    letters.stream().map(OperatorSummary::call).toList()));
        }
        return actions;
    }

    private static Map<String, Object> action(String action, String name, List<String> ids, List<String> calls) {
        return Item.of("action", action).with(name, ids).with("calls", calls).members();
    }

    /** Lets the run go on from where it stands; none where another run stands in for it, or nobody can hurry its gate. */
    static Optional<String> going(Run run, Observation seen) {
        if (!seen.status().needsAttention()) {
            return Optional.empty();
        }
        String path = "POST /api/v1/runs/" + run.id();
        return switch (seen.status()) {
            case FAILED, DEAD_LETTERED ->
                seen.blockers().rerun() == null ? Optional.of(path + "/rerun") : Optional.empty();
            case RETRYING -> Optional.of(path + "/run-now");
            case BLOCKED -> Optional.ofNullable(seen.blockers().gate());
            default -> Optional.of(path + (run.state() == RunState.SUSPENDED ? "/resume" : "/unhold"));
        };
    }

    /** Who can answer a wait does; where it is too late for that the run goes on without it. */
    private static List<String> reviews(Run run, List<WaitRow> waits) {
        String passOver = "POST /api/v1/runs/" + run.id() + (run.state() == RunState.SUSPENDED ? "/resume" : "/unhold");
        return waits.stream()
                .map(wait -> Waits.answerable(wait) ? Explainer.answering(wait) : passOver)
                .toList();
    }

    private static String call(LetterRow letter) {
        String verb = letter.source().ofRun() ? "/retry" : "/resolve";
        return "POST /api/v1/dead-letters/" + Explainer.segment(letter.id()) + verb;
    }
}

package dev.leasehold.attempt;

import dev.leasehold.api.Outcome;
import dev.leasehold.attempt.FinishAttempts.Report;
import dev.leasehold.attempt.FinishAttempts.Result;
import dev.leasehold.letter.Endings;
import dev.leasehold.metric.Meter;
import dev.leasehold.run.RunState;
import dev.leasehold.sql.FinishStatement;
import dev.leasehold.sql.FinishStatement.FinishRow;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * A report, and what it leads to.
 *
 * @param report what the worker said
 * @param terms the attempt's terms
 * @param verdict where the run goes
 * @param outcome what is recorded of the attempt
 */
record Judged(Report report, Terms terms, Verdict verdict, Outcome outcome) {

    FinishRow row() {
        String error = outcome.error();
        return new FinishRow(
                report.runId(),
                report.owner(),
                report.fence(),
                report.attemptId(),
                target().word(),
                verdict.dueAt(),
                outcome.kind().result(),
                error == null ? null : ErrorText.clean(error),
                outcome.output(),
                OutcomeDigest.of(report.outcome()));
    }

    /** The attempts, by run, of those runs that have failed. */
    static Map<UUID, UUID> failed(Map<UUID, Judged> judged, Collection<UUID> runs) {
        return runs.stream()
                .map(judged::get)
                .filter(one -> one != null && one.outcome().kind().failed())
                .collect(Collectors.toMap(
                        one -> one.report().runId(), one -> one.report().attemptId()));
    }

    /** Those of the runs that have ended. */
    static List<Endings.End> ends(Map<UUID, Judged> judged, Map<UUID, FinishStatement.Ended> runs) {
        List<Endings.End> ends = new ArrayList<>();
        runs.forEach((run, ended) -> {
            Judged one = judged.get(run);
            if (one != null && one.verdict().ends()) {
                Endings.Kind kind = one.target() == RunState.FAILED ? Endings.Kind.FAILED : Endings.Kind.COMPLETED;
                ends.add(new Endings.End(run, kind, ended.again(), one.row().error()));
            }
        });
        return ends;
    }

    Result result() {
        return new Result(target(), verdict.dueAt(), false, null);
    }

    RunState target() {
        return verdict.transition().target();
    }

    void count(Meter meter, Instant now) {
        meter.attemptEnded(outcome.kind().result(), terms.startedAt(), now);
        meter.runMoved(target().word(), target().terminal());
    }
}

package dev.leasehold.attempt;

import dev.leasehold.api.Outcome;
import dev.leasehold.attempt.FinishAttempts.Report;
import dev.leasehold.attempt.FinishAttempts.Result;
import dev.leasehold.run.RunState;
import dev.leasehold.sql.FinishStatement.FinishRow;

/**
 * A report, and what it leads to.
 *
 * @param report what the worker said
 * @param verdict where the run goes
 * @param outcome what is recorded of the attempt
 */
record Judged(Report report, Verdict verdict, Outcome outcome) {

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

    Result result() {
        return new Result(target(), verdict.dueAt(), false, null);
    }

    RunState target() {
        return verdict.transition().target();
    }
}

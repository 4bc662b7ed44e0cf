package dev.leasehold.worker;

import dev.leasehold.api.Outcome;
import dev.leasehold.attempt.FinishAttempts.Report;
import dev.leasehold.attempt.Terms;
import dev.leasehold.sql.Claimed;
import java.util.Objects;

/** What this process reports of attempts that it claimed and started. */
final class Reports {

    private Reports() {}

    static Report of(Owner owner, Claimed run, Outcome outcome) {
        return new Report(
                owner.name(),
                run.runId(),
                Objects.requireNonNull(run.attemptId()),
                run.fence(),
                outcome,
                Terms.of(run));
    }
}

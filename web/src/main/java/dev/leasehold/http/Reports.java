package dev.leasehold.http;

import dev.leasehold.attempt.FinishAttempts;
import dev.leasehold.attempt.FinishAttempts.Report;
import dev.leasehold.attempt.FinishAttempts.Result;
import dev.leasehold.fault.Fault;
import dev.leasehold.sql.Halves;
import dev.leasehold.sql.Repeats;
import dev.leasehold.tenant.Caller;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.lang.System.Logger.Level;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;

/** Hears workers' reports; one that cannot be stored leaves the others alone. */
@ApplicationScoped
public class Reports {

    private static final System.Logger LOG = System.getLogger(Reports.class.getName());

    @Inject
    Repeats repeats;

    @Inject
    FinishAttempts finish;

    /** A result for each item, in order. */
    List<Result> hear(Caller caller, FinishRequest request) {
        List<Report> reports = request.items().stream()
                .map(FinishRequest.Item::report)
                .filter(Objects::nonNull)
                .toList();
        Iterator<Result> heard = store(caller, reports).iterator();
        return request.items().stream()
                .map(item -> item.refusal() == null ? heard.next() : refused(item.refusal()))
                .toList();
    }

    private List<Result> store(Caller caller, List<Report> reports) {
        return reports.isEmpty()
                ? List.of()
                : Halves.store(reports, some -> repeats.call(() -> finish.execute(caller, some)), Reports::unstorable);
    }

    private static Result unstorable(Report report, RuntimeException failure) {
        LOG.log(Level.WARNING, "the result of run " + report.runId() + " cannot be stored", failure);
        return refused(new InvalidOutcome(report.runId(), "the outcome cannot be stored"));
    }

    private static Result refused(Fault why) {
        return new Result(null, null, false, why);
    }
}

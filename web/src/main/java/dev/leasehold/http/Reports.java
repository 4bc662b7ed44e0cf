package dev.leasehold.http;

import dev.leasehold.attempt.FinishAttempts;
import dev.leasehold.attempt.FinishAttempts.Report;
import dev.leasehold.attempt.FinishAttempts.Result;
import dev.leasehold.fault.Fault;
import dev.leasehold.run.RunState;
import dev.leasehold.sql.Halves;
import dev.leasehold.sql.Repeats;
import dev.leasehold.tenant.Caller;
import dev.leasehold.wait.OpenWaits;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
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

    @Inject
    OpenWaits open;

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
                : Halves.store(reports, some -> repeats.call(() -> finished(caller, some)), Reports::unstorable);
    }

    /** What is to be waited for begins in the transaction of the suspension. */
    private List<Result> finished(Caller caller, List<Report> reports) {
        List<Result> results = finish.execute(caller, reports);
        List<OpenWaits.Request> waits = new ArrayList<>();
        for (int i = 0; i < reports.size(); i++) {
            Report report = reports.get(i);
            Result result = results.get(i);
            if (report.outcome().awaited() != null && result.state() == RunState.SUSPENDED && !result.duplicate()) {
                waits.add(OpenWaits.Request.of(
                        report.runId(), report.attemptId(), report.outcome().awaited()));
            }
        }
        open.execute(caller, waits).forEach(wait -> WaitView.require(wait.refusal()));
        return results;
    }

    private static Result unstorable(Report report, RuntimeException failure) {
        LOG.log(Level.WARNING, "the result of run " + report.runId() + " cannot be stored", failure);
        return refused(new InvalidOutcome(report.runId(), "the outcome cannot be stored"));
    }

    private static Result refused(Fault why) {
        return new Result(null, null, false, why);
    }
}

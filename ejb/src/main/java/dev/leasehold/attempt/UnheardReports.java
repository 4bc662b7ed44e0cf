package dev.leasehold.attempt;

import dev.leasehold.attempt.FinishAttempts.Report;
import dev.leasehold.attempt.FinishAttempts.Result;
import dev.leasehold.fault.Fault;
import dev.leasehold.lease.HeldLease;
import dev.leasehold.lease.LeaseLost;
import dev.leasehold.lease.LostLeases;
import dev.leasehold.run.RunState;
import dev.leasehold.sql.ChangeStatement;
import dev.leasehold.sql.LeaseStatement;
import dev.leasehold.sql.LeaseStatement.Ended;
import dev.leasehold.sql.LockedRun;
import dev.leasehold.sql.QueueSession;
import dev.leasehold.tenant.Caller;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Says of reports that ended nothing whether they were heard before, and if not, why they cannot be (decisions 10). */
@ApplicationScoped
public class UnheardReports {

    private record Known(Map<UUID, LockedRun> runs, List<Ended> ended, LostLeases.Ends ends) {}

    @Inject
    QueueSession session;

    @Inject
    ChangeStatement runs;

    @Inject
    LeaseStatement leases;

    @Inject
    LostLeases lost;

    /** A result for each report, in order. */
    List<Result> results(Caller caller, List<Report> reports) {
        if (reports.isEmpty()) {
            return List.of();
        }
        List<UUID> ids = reports.stream().map(Report::runId).toList();
        Map<UUID, LockedRun> found = new HashMap<>();
        session.work(connection -> runs.read(connection, caller.tenant(), ids))
                .forEach(run -> found.put(run.id(), run));
        List<Ended> ended = session.work(connection -> leases.ended(connection, caller.tenant(), ids));
        Known known = new Known(found, ended, lost.ends(caller, ids));
        return reports.stream().map(report -> result(report, known)).toList();
    }

    private static Result result(Report report, Known known) {
        Optional<Ended> ended = known.ended().stream()
                .filter(one ->
                        one.runId().equals(report.runId()) && one.attemptId().equals(report.attemptId()))
                .findFirst();
        if (ended.isPresent() && isSame(report, ended.get())) {
            return new Result(RunState.of(ended.get().ledTo()), null, true, null);
        }
        return Result.refused(refusal(report, known.runs().get(report.runId()), ended.orElse(null), known.ends()));
    }

    private static boolean isSame(Report report, Ended ended) {
        return isOwn(report, ended) && OutcomeDigest.of(report.outcome()).equals(ended.digest());
    }

    private static boolean isOwn(Report report, Ended ended) {
        return ended.fence() == report.fence() && ended.owner().equals(report.owner());
    }

    private static Fault refusal(Report report, @Nullable LockedRun run, @Nullable Ended ended, LostLeases.Ends ends) {
        if (ended != null && isOwn(report, ended) && ended.digest() != null) {
            return new NoActiveAttempt(report.runId());
        }
        if (run == null || run.lease() == null || !run.isLeasedTo(report.owner(), report.fence())) {
            return ends.refusal(new HeldLease(report.owner(), report.runId(), report.fence()), run);
        }
        return unlike(report, run, run.lease().attempt());
    }

    private static Fault unlike(Report report, LockedRun run, LockedRun.@Nullable Open open) {
        if (open == null) {
            return new NoActiveAttempt(run.id());
        }
        return open.id().equals(report.attemptId())
                ? new LeaseLost(run.id(), report.fence(), LeaseLost.Reason.NOT_YOURS)
                : new AttemptMismatch(run.id(), open.id(), report.attemptId());
    }
}

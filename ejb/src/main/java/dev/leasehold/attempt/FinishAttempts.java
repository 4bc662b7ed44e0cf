package dev.leasehold.attempt;

import dev.leasehold.api.Outcome;
import dev.leasehold.fault.Fault;
import dev.leasehold.lease.LeaseLost;
import dev.leasehold.run.RunState;
import dev.leasehold.sql.FinishStatement;
import dev.leasehold.sql.FinishStatement.FinishRow;
import dev.leasehold.sql.QueueSession;
import dev.leasehold.sql.Rounds;
import dev.leasehold.tenant.Caller;
import dev.leasehold.time.Leasehold;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Ends attempts with what their workers report, and moves their runs on as {@link Verdict} says. Only the lease's own
 * owner, fence and attempt are heard: a worker that lost its lease changes nothing.
 */
@Stateless
public class FinishAttempts {

    /**
     * A worker's report.
     *
     * @param owner the worker that holds the lease
     * @param runId the run
     * @param attemptId the attempt that ended
     * @param fence the lease's fence
     * @param outcome how it ended
     * @param policy the run's policy, as its claim answered it
     * @param effectiveAttempt the attempt's number among those that count, from 1
     */
    public record Report(
            String owner,
            UUID runId,
            UUID attemptId,
            long fence,
            Outcome outcome,
            RetryPolicy policy,
            int effectiveAttempt) {

        /** The same report with another outcome. */
        public Report with(Outcome other) {
            return new Report(owner, runId, attemptId, fence, other, policy, effectiveAttempt);
        }
    }

    /**
     * What became of a report: where the run went, or a refusal.
     *
     * @param state the run's state after it; null when refused
     * @param nextAttemptAt when the run is ready again by itself
     * @param refusal why nothing changed
     */
    public record Result(
            @Nullable RunState state,
            @Nullable Instant nextAttemptAt,
            @Nullable Fault refusal) {}

    @Inject
    @Leasehold
    Clock clock;

    @Inject
    QueueSession session;

    @Inject
    FinishStatement statement;

    private final SplittableRandom random = new SplittableRandom();

    /**
     * Hears the reports; a refused one leaves the others alone.
     *
     * @param caller the tenant, and whom the events name
     * @param reports of a run that is named twice the second is answered as if it came later
     * @return a result for each, in order
     */
    public List<Result> execute(Caller caller, List<Report> reports) {
        Instant now = clock.instant();
        List<Verdict> verdicts =
                reports.stream().map(report -> verdict(report, now)).toList();
        Result[] results = new Result[reports.size()];
        List<Integer> places = IntStream.range(0, results.length).boxed().toList();
        for (List<Integer> round : Rounds.of(places, place -> reports.get(place).runId())) {
            List<FinishRow> rows = round.stream()
                    .map(place -> row(reports.get(place), verdicts.get(place)))
                    .toList();
            FinishStatement.Finish finish = new FinishStatement.Finish(caller.tenant(), now, caller.subject(), rows);
            Set<UUID> ended = session.work(connection -> statement.finish(connection, finish));
            for (int place : round) {
                results[place] = result(reports.get(place), verdicts.get(place), ended);
            }
        }
        return List.of(results);
    }

    private Verdict verdict(Report report, Instant now) {
        return Verdict.of(report.policy(), report.effectiveAttempt(), report.outcome(), now, random.nextDouble());
    }

    private static FinishRow row(Report report, Verdict verdict) {
        String error = report.outcome().error();
        return new FinishRow(
                report.runId(),
                report.owner(),
                report.fence(),
                report.attemptId(),
                verdict.transition().target().word(),
                verdict.dueAt(),
                report.outcome().kind().result(),
                error == null ? null : ErrorText.clean(error),
                report.outcome().output());
    }

    private static Result result(Report report, Verdict verdict, Set<UUID> ended) {
        return ended.contains(report.runId())
                ? new Result(verdict.transition().target(), verdict.dueAt(), null)
                : new Result(null, null, new LeaseLost(report.runId(), report.fence()));
    }
}

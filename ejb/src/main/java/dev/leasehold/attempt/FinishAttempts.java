package dev.leasehold.attempt;

import dev.leasehold.api.Outcome;
import dev.leasehold.fault.Fault;
import dev.leasehold.letter.Endings;
import dev.leasehold.metric.Command;
import dev.leasehold.metric.Meter;
import dev.leasehold.run.EndBell;
import dev.leasehold.run.Returns;
import dev.leasehold.run.RunState;
import dev.leasehold.sql.ChangeStatement;
import dev.leasehold.sql.FinishStatement;
import dev.leasehold.sql.QueueSession;
import dev.leasehold.sql.Rounds;
import dev.leasehold.tenant.Caller;
import dev.leasehold.time.Leasehold;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
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
     * @param terms the attempt's terms, as its claim answered them; null to have them looked up
     */
    public record Report(
            String owner,
            UUID runId,
            UUID attemptId,
            long fence,
            Outcome outcome,
            @Nullable Terms terms) {

        /** The same report with another outcome. */
        public Report with(Outcome other) {
            return new Report(owner, runId, attemptId, fence, other, terms);
        }
    }

    /**
     * What became of a report: where the run went, or a refusal.
     *
     * @param state the state that the attempt led to; null when refused
     * @param nextAttemptAt when the run is ready again by itself
     * @param duplicate whether the same was reported before; nothing was changed then
     * @param refusal why nothing changed
     */
    public record Result(
            @Nullable RunState state,
            @Nullable Instant nextAttemptAt,
            boolean duplicate,
            @Nullable Fault refusal) {

        static Result refused(Fault why) {
            return new Result(null, null, false, why);
        }
    }

    @Inject
    @Leasehold
    Clock clock;

    @Inject
    QueueSession session;

    @Inject
    FinishStatement statement;

    @Inject
    ChangeStatement runs;

    @Inject
    UnheardReports unheard;

    @Inject
    Returns returns;

    @Inject
    Endings endings;

    @Inject
    EndBell ends;

    @Inject
    Meter meter;

    private final SplittableRandom random = new SplittableRandom();

    /**
     * Hears the reports; a refused one leaves the others alone.
     *
     * @param caller the tenant, and whom the events name
     * @param reports of a run that is named twice the second is answered as if it came later
     * @return a result for each, in order
     */
    public List<Result> execute(Caller caller, List<Report> reports) {
        meter.times(Command.FINISH);
        Instant now = clock.instant();
        Map<Integer, Result> results = new HashMap<>();
        List<Integer> places = IntStream.range(0, reports.size()).boxed().toList();
        for (List<Integer> round : Rounds.of(places, place -> reports.get(place).runId())) {
            List<Report> distinct = round.stream().map(reports::get).toList();
            List<Result> found = finish(caller, now, distinct);
            IntStream.range(0, distinct.size()).forEach(i -> results.put(round.get(i), found.get(i)));
        }
        return places.stream()
                .map(place -> Objects.requireNonNull(results.get(place)))
                .toList();
    }

    private List<Result> finish(Caller caller, Instant now, List<Report> reports) {
        Map<UUID, Terms> lookedUp = terms(caller, reports);
        Map<UUID, Judged> judged = new TreeMap<>();
        for (Report report : reports) {
            Terms terms = report.terms() == null ? lookedUp.get(report.runId()) : report.terms();
            if (terms != null) {
                judged.put(report.runId(), judge(report, terms, now));
            }
        }
        FinishStatement.Finish finish = new FinishStatement.Finish(
                caller.tenant(),
                now,
                caller.subject(),
                judged.values().stream().map(Judged::row).toList());
        Set<UUID> ended = judged.isEmpty() ? Set.of() : ended(caller, judged, finish);
        Iterator<Result> others = unheard.results(
                        caller,
                        reports.stream()
                                .filter(report -> !ended.contains(report.runId()))
                                .toList())
                .iterator();
        return reports.stream()
                .map(report -> ended.contains(report.runId())
                        ? Objects.requireNonNull(judged.get(report.runId())).result()
                        : others.next())
                .toList();
    }

    private Set<UUID> ended(Caller caller, Map<UUID, Judged> judged, FinishStatement.Finish finish) {
        Map<UUID, FinishStatement.Ended> ended = session.work(connection -> statement.finish(connection, finish));
        Map<UUID, RunState> holders = new HashMap<>();
        ended.forEach((run, one) -> {
            if (one.holds()) {
                holders.put(run, Objects.requireNonNull(judged.get(run)).target());
            }
        });
        returns.of(caller, holders);
        ends.ringOnCommit(caller, endings.of(caller, finish.now(), Judged.ends(judged, ended)));
        ends.failOnCommit(caller, () -> Judged.failed(judged, ended.keySet()));
        ended.keySet().forEach(run -> Objects.requireNonNull(judged.get(run)).count(meter, finish.now()));
        return ended.keySet();
    }

    /** Fixed while their attempt is open, and so they may be read before anything is locked. */
    private Map<UUID, Terms> terms(Caller caller, List<Report> reports) {
        List<UUID> unknown = reports.stream()
                .filter(report -> report.terms() == null)
                .map(Report::runId)
                .toList();
        if (unknown.isEmpty()) {
            return Map.of();
        }
        Map<UUID, Terms> terms = new HashMap<>();
        session.work(connection -> runs.read(connection, caller.tenant(), unknown)).stream()
                .filter(run -> run.lease() != null && run.lease().attempt() != null)
                .forEach(run -> terms.put(run.id(), Terms.of(run)));
        return terms;
    }

    private Judged judge(Report report, Terms terms, Instant now) {
        Outcome outcome = Verdict.heard(report.outcome(), terms, now);
        Verdict verdict = Verdict.of(terms.policy(), terms.effectiveAttempt(), outcome, now, random.nextDouble());
        return new Judged(report, terms, verdict, outcome);
    }
}

package dev.leasehold.observability;

import dev.leasehold.audit.AuditLedger;
import dev.leasehold.event.History;
import dev.leasehold.explain.Explainer;
import dev.leasehold.explain.Gate;
import dev.leasehold.observability.Observation.Audit;
import dev.leasehold.observability.Observation.Blockers;
import dev.leasehold.observability.Observation.Limits;
import dev.leasehold.run.Run;
import dev.leasehold.run.RunState;
import dev.leasehold.run.Runs;
import dev.leasehold.sql.EventRow;
import dev.leasehold.sql.EventStatement.Part;
import dev.leasehold.sql.ObservationStatement;
import dev.leasehold.sql.QueueSession;
import dev.leasehold.sql.RerunStatement;
import dev.leasehold.sql.WaitRow;
import dev.leasehold.tenant.Caller;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Reads what an operator is to see of a run at one look, within a transaction; no query reads more than it may answer. */
@ApplicationScoped
public class Observations {

    /** The most that is read of any list. */
    public static final int MOST = 500;

    private static final Set<String> PERMITS = Set.of("key", "queue", "type", "rate", "task", "overlap");

    @Inject
    QueueSession session;

    @Inject
    ObservationStatement statement;

    @Inject
    RerunStatement reruns;

    @Inject
    Runs runs;

    @Inject
    History history;

    @Inject
    Explainer explainer;

    @Inject
    AuditLedger ledger;

    /**
     * A run as it stands.
     *
     * @throws dev.leasehold.run.RunNotFound when the caller's tenant has none of that id
     */
    public Observation get(Caller caller, UUID id, Limits limits) {
        List<EventRow> events =
                history.newest(caller, id, new Part(0, Integer.MAX_VALUE, MOST)).events();
        Run run = runs.get(caller, id).run();
        Optional<Gate> closed = closed(caller, run);
        Blockers blockers = blockers(caller, id, closed.map(Gate::action).orElse(null));
        RunStatus status = RunStatus.of(new RunStatus.Standing(
                run.state(),
                run.held(),
                oldest(blockers.waits()),
                closed.isPresent(),
                run.dueAt() != null,
                blockers.letters().stream().anyMatch(letter -> letter.source().ofRun())));
        return new Observation(
                status,
                PhaseHistory.of(events),
                status.phase().next(run.state()),
                events,
                events.subList(Math.max(0, events.size() - limits.events()), events.size()),
                session.work(connection -> statement.waits(connection, caller.tenant(), id, limits.reliability())),
                session.work(connection -> statement.letters(connection, caller.tenant(), id, limits.reliability())),
                blockers,
                audit(caller, id, limits.audit()),
                session.work(connection -> statement.counts(connection, caller.tenant(), id)));
    }

    private Optional<Gate> closed(Caller caller, Run run) {
        return explainer.explain(caller, run.id(), null, List.of()).gates().stream()
                .filter(gate -> !gate.open() && PERMITS.contains(gate.gate()))
                .findFirst();
    }

    private Blockers blockers(Caller caller, UUID run, @Nullable String gate) {
        return session.work(connection -> new Blockers(
                statement.blocking(connection, caller.tenant(), run, MOST),
                statement.unsettled(connection, caller.tenant(), run, MOST),
                gate,
                reruns.open(connection, caller.tenant(), List.of(run), RunState.endWords())
                        .get(run)));
    }

    private static RunStatus.@Nullable Active oldest(List<WaitRow> waits) {
        return waits.stream()
                .findFirst()
                .map(wait -> RunStatus.Active.of(wait.kind(), wait.status()))
                .orElse(null);
    }

    private Audit audit(Caller caller, UUID run, int limit) {
        AuditLedger.OfRun found = ledger.newest(caller, run, limit);
        return new Audit(found.place(), found.records(), found.violation());
    }
}

package dev.leasehold.attempt;

import dev.leasehold.api.Outcome;
import dev.leasehold.metric.Command;
import dev.leasehold.metric.Meter;
import dev.leasehold.run.ReadyBell;
import dev.leasehold.run.Recall;
import dev.leasehold.run.RunChanges;
import dev.leasehold.run.Transition;
import dev.leasehold.settings.Settings;
import dev.leasehold.sql.Change;
import dev.leasehold.sql.ChangeStatement;
import dev.leasehold.sql.LeaseStatement;
import dev.leasehold.sql.LockedRun;
import dev.leasehold.sql.QueueSession;
import dev.leasehold.tenant.Caller;
import dev.leasehold.time.Leasehold;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * Acts on leases that nobody keeps and on attempts that overran their deadline and its grace: a run that was not begun
 * is ready again, an attempt that was is closed, counts, and is followed by the next one or by the run's failure
 * (decisions 5.5 and 6). Nodes pass by what another one is acting on. It stands with attempts because it judges them.
 */
@Stateless
public class ExpireLeases {

    private record Acted(Change change, boolean ready) {}

    @Inject
    @Leasehold
    Clock clock;

    @Inject
    Settings settings;

    @Inject
    QueueSession session;

    @Inject
    LeaseStatement leases;

    @Inject
    ChangeStatement runs;

    @Inject
    RunChanges changes;

    @Inject
    ReadyBell bell;

    @Inject
    Recall recall;

    @Inject
    Meter meter;

    private final SplittableRandom random = new SplittableRandom();

    /**
     * Looks once for each batch size, at the runs of all tenants.
     *
     * @param caller whom the events name
     * @param batches how many leases each batch ends at most, 1 to 10000
     * @return how many each did end
     */
    public List<Integer> execute(Caller caller, List<Integer> batches) {
        meter.times(Command.EXPIRE);
        Instant now = clock.instant();
        return batches.stream().map(max -> expire(caller, now, max)).toList();
    }

    private int expire(Caller caller, Instant now, int max) {
        Instant deadline = now.minus(settings.timeoutGrace());
        Map<UUID, List<UUID>> lapsed =
                session.work(connection -> leases.lapsed(connection, now, deadline, max)).stream()
                        .collect(Collectors.groupingBy(
                                LeaseStatement.Key::tenant,
                                LinkedHashMap::new,
                                Collectors.mapping(LeaseStatement.Key::run, Collectors.toList())));
        int ended = 0;
        for (Map.Entry<UUID, List<UUID>> one : lapsed.entrySet()) {
            ended += expire(new Caller(one.getKey(), caller.subject()), now, one.getValue());
        }
        return ended;
    }

    private int expire(Caller caller, Instant now, List<UUID> ids) {
        List<Acted> acted = session.work(connection -> runs.lockFree(connection, caller.tenant(), ids)).stream()
                .flatMap(run -> act(run, now).stream())
                .toList();
        changes.store(caller, now, acted.stream().map(Acted::change).toList());
        recall.onCommit(acted.stream().map(one -> one.change().run()).toList());
        if (acted.stream().anyMatch(Acted::ready)) {
            bell.ringOnCommit();
        }
        meter.leasesExpired(acted.size());
        return acted.size();
    }

    /** What follows for a run that is held now: nothing, if its lease was kept or ended meanwhile. */
    private Optional<Acted> act(LockedRun run, Instant now) {
        LockedRun.Held lease = run.lease();
        if (lease == null) {
            return Optional.empty();
        }
        Instant deadline = lease.deadline();
        boolean overran = deadline != null && !now.isBefore(deadline.plus(settings.timeoutGrace()));
        if (!overran && now.isBefore(lease.expiry())) {
            return Optional.empty();
        }
        return Optional.of(
                lease.attempt() == null
                        ? new Acted(
                                Change.to(
                                        run,
                                        "lease.expired",
                                        Transition.RELEASE.target().word(),
                                        null),
                                true)
                        : new Acted(close(run, lease, now), false));
    }

    private Change close(LockedRun run, LockedRun.Held lease, Instant now) {
        Terms terms = Terms.of(run);
        boolean late = lease.deadline() != null && !now.isBefore(lease.deadline());
        Outcome outcome = late
                ? Outcome.timeout(terms.timedOut())
                : Outcome.retry("lease expired: " + lease.owner() + " stopped answering");
        Verdict verdict = Verdict.of(terms.policy(), terms.effectiveAttempt(), outcome, now, random.nextDouble());
        String error = Objects.requireNonNull(outcome.error());
        return Change.to(run, "lease.expired", verdict.transition().target().word(), null)
                .dueAt(verdict.dueAt())
                .ending(new Change.Ending(outcome.kind().result(), error));
    }
}

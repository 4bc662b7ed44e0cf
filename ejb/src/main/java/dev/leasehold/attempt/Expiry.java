package dev.leasehold.attempt;

import dev.leasehold.api.Outcome;
import dev.leasehold.metric.Meter;
import dev.leasehold.run.ReadyBell;
import dev.leasehold.run.Recall;
import dev.leasehold.run.RunChanges;
import dev.leasehold.run.Transition;
import dev.leasehold.sql.Change;
import dev.leasehold.sql.LockedRun;
import dev.leasehold.tenant.Caller;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;

/** What becomes of runs whose leases end because nobody keeps them, within a transaction that holds them. */
@ApplicationScoped
public class Expiry {

    @Inject
    RunChanges changes;

    @Inject
    ReadyBell bell;

    @Inject
    Recall recall;

    @Inject
    Meter meter;

    private final SplittableRandom random = new SplittableRandom();

    /** Ends the leases of these runs; each has one. */
    void end(Caller caller, Instant now, List<LockedRun> runs) {
        changes.store(caller, now, runs.stream().map(run -> change(run, now)).toList());
        recall.onCommit(runs);
        if (runs.stream().anyMatch(run -> lease(run).attempt() == null)) {
            bell.ringOnCommit();
        }
        meter.leasesExpired(runs.size());
    }

    private Change change(LockedRun run, Instant now) {
        LockedRun.Held lease = lease(run);
        return lease.attempt() == null
                ? Change.to(run, "lease.expired", Transition.RELEASE.target().word(), null)
                : close(run, lease, now);
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

    private static LockedRun.Held lease(LockedRun run) {
        return Objects.requireNonNull(run.lease());
    }
}

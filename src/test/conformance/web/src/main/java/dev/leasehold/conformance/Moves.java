package dev.leasehold.conformance;

import dev.leasehold.api.Outcome;
import dev.leasehold.attempt.FinishAttempts;
import dev.leasehold.attempt.StartAttempts;
import dev.leasehold.conformance.RunFacts.Holding;
import dev.leasehold.fault.Fault;
import dev.leasehold.lease.ClaimRuns;
import dev.leasehold.lease.HeldLease;
import dev.leasehold.run.PromoteDueRuns;
import dev.leasehold.run.RunState;
import dev.leasehold.sql.Claimed;
import dev.leasehold.sql.Repeats;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Calls one command bean for one run. */
@ApplicationScoped
public class Moves {

    private static final int ALL = 10_000;
    private static final Duration LENGTH = Duration.ofMinutes(5);

    @Inject
    Repeats repeats;

    @Inject
    Facts facts;

    @Inject
    KitClock clock;

    @Inject
    PromoteDueRuns promote;

    @Inject
    ClaimRuns claim;

    @Inject
    StartAttempts start;

    @Inject
    FinishAttempts finish;

    @Inject
    LeaseMoves leases;

    @Inject
    OrderMoves orders;

    /** Tries a transition that the table allows; answers false when no bean can be asked for it. */
    boolean go(RunFacts run, RunState next) {
        return switch (next) {
            case READY -> ready(run);
            case LEASED -> acquire(run, "w1", clock.now().plus(LENGTH));
            case RUNNING -> begin(run);
            case CANCELED -> orders.cancel(run);
            default -> false;
        };
    }

    private boolean ready(RunFacts run) {
        return switch (run.state()) {
            case SUSPENDED -> orders.resume(run);
            case LEASED -> leases.release(run);
            default -> promote(run);
        };
    }

    /** Together with all else that is due. */
    private boolean promote(RunFacts run) {
        repeats.call(() -> promote.execute(Facts.CALLER, List.of(ALL)));
        return facts.of(run.id()).filter(now -> now.state() == RunState.READY).isPresent();
    }

    /** Claims until the run's turn comes; refused, with nothing stored, when another one of its type comes first. */
    boolean acquire(RunFacts run, String owner, Instant expiry) {
        Duration length = Duration.between(clock.now(), expiry);
        ClaimRuns.Request request = new ClaimRuns.Request(
                new ClaimRuns.Holder(owner, null),
                ClaimRuns.Filter.types(List.of(facts.type(run.id()))),
                1,
                length,
                false);
        return repeats.call(() -> {
            List<Claimed> claimed =
                    claim.execute(Facts.CALLER, List.of(request)).get(0);
            if (claimed.isEmpty() || !claimed.get(0).runId().equals(run.id())) {
                throw Refused.mutation("lease acquire rejected for run " + run.id() + ": another run is before it");
            }
            return true;
        });
    }

    boolean begin(RunFacts run) {
        Holding lease = Objects.requireNonNull(run.lease());
        HeldLease held = new HeldLease(lease.owner(), run.id(), lease.fence());
        heard(repeats.call(() -> start.execute(Facts.CALLER, List.of(held)))
                .get(0)
                .refusal());
        return true;
    }

    /** Reports the open attempt's end in the name of whoever holds the lease. */
    boolean end(RunFacts run, UUID attempt, Outcome outcome) {
        heard(repeats.call(() -> finish.execute(Facts.CALLER, List.of(report(run, attempt, outcome))))
                .get(0)
                .refusal());
        return true;
    }

    private static FinishAttempts.Report report(RunFacts run, UUID attempt, Outcome outcome) {
        Holding lease = Objects.requireNonNull(run.lease());
        return new FinishAttempts.Report(lease.owner(), run.id(), attempt, lease.fence(), outcome, null);
    }

    static void heard(@Nullable Fault refusal) {
        if (refusal != null) {
            throw refusal;
        }
    }
}

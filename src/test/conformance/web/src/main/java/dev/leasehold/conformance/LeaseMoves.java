package dev.leasehold.conformance;

import dev.leasehold.attempt.ExpireLeases;
import dev.leasehold.conformance.RunFacts.Holding;
import dev.leasehold.lease.HeldLease;
import dev.leasehold.lease.ReleaseLeases;
import dev.leasehold.lease.RenewLeases;
import dev.leasehold.sql.Repeats;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;

/** Calls the beans that keep and end leases, in the name of whoever holds them. */
@ApplicationScoped
public class LeaseMoves {

    private static final int ALL = 10_000;

    @Inject
    Repeats repeats;

    @Inject
    Facts facts;

    @Inject
    KitClock clock;

    @Inject
    RenewLeases renew;

    @Inject
    ReleaseLeases release;

    @Inject
    ExpireLeases expire;

    boolean renew(RunFacts run, Instant expiry) {
        RenewLeases.Request request = new RenewLeases.Request(held(run), Duration.between(clock.now(), expiry));
        Moves.heard(repeats.call(() -> renew.execute(Facts.CALLER, List.of(request)))
                .get(0)
                .refusal());
        return true;
    }

    boolean release(RunFacts run) {
        Moves.heard(repeats.call(() -> release.execute(Facts.CALLER, List.of(held(run))))
                .get(0)
                .refusal());
        return true;
    }

    /** Ends it with all others that have lapsed; of one that has not, no bean can be asked. */
    boolean expire(RunFacts run) {
        if (clock.now().isBefore(Objects.requireNonNull(run.lease()).expiry())) {
            return false;
        }
        repeats.call(() -> expire.execute(Facts.CALLER, List.of(ALL)));
        long fence = held(run).fence();
        return facts.of(run.id())
                .map(RunFacts::lease)
                .filter(lease -> lease.fence() == fence)
                .isEmpty();
    }

    private static HeldLease held(RunFacts run) {
        Holding lease = Objects.requireNonNull(run.lease());
        return new HeldLease(lease.owner(), run.id(), lease.fence());
    }
}

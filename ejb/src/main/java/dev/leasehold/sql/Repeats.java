package dev.leasehold.sql;

import dev.leasehold.fault.Unavailable;
import dev.leasehold.time.Leasehold;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.lang.System.Logger.Level;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;

/**
 * Runs commands and queries in a transaction, and again when it fails for a passing reason: at most three times within
 * two seconds, never when the commit itself failed (decisions 4).
 */
@ApplicationScoped
public class Repeats {

    private static final System.Logger LOG = System.getLogger(Repeats.class.getName());
    private static final Duration WITHIN = Duration.ofSeconds(2);
    private static final long[] PAUSES_MILLIS = {100, 400};

    @Inject
    Transactions transactions;

    @Inject
    @Leasehold
    Clock clock;

    /**
     * Runs the work in a transaction of its own.
     *
     * @throws Unavailable when it kept failing for passing reasons, or when nobody knows whether it was committed
     */
    public <T> T call(Supplier<T> work) {
        Instant last = clock.instant().plus(WITHIN);
        for (int attempt = 0; ; attempt++) {
            try {
                return transactions.inNew(work);
            } catch (OutcomeUnknown e) {
                LOG.log(Level.WARNING, "a commit failed", e);
                throw Unavailable.outcomeUnknown();
            } catch (RuntimeException e) {
                if (!Transient.is(e)) {
                    throw e;
                }
                if (attempt == PAUSES_MILLIS.length || clock.instant().isAfter(last)) {
                    LOG.log(Level.WARNING, "the database keeps failing: {0}", Causes.root(e));
                    throw Unavailable.database();
                }
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(PAUSES_MILLIS[attempt]));
            }
        }
    }
}

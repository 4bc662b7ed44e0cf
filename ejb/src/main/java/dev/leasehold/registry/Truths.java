package dev.leasehold.registry;

import dev.leasehold.event.Verification;
import dev.leasehold.run.RunNotFound;
import dev.leasehold.sql.LeaseStatement;
import dev.leasehold.sql.QueueSession;
import dev.leasehold.sql.Repeats;
import dev.leasehold.sql.RunFacts;
import dev.leasehold.tenant.Caller;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What the database says of a lease that is in doubt. */
@ApplicationScoped
class Truths {

    /**
     * The second look.
     *
     * @param state the run's state as its events tell it; null where there are none
     * @param leased whether that lease stands
     * @param ended the type of its last event; null where there is none
     */
    record Truth(
            @Nullable String state,
            boolean leased,
            @Nullable String ended) {

        boolean expired() {
            return "lease.expired".equals(ended);
        }

        /** An order ended it, which tells its handler by itself. */
        boolean canceled() {
            return "run.canceled".equals(ended);
        }
    }

    @Inject
    Repeats repeats;

    @Inject
    QueueSession session;

    @Inject
    Verification verification;

    @Inject
    LeaseStatement statement;

    Truth of(Caller caller, UUID run, long fence) {
        try {
            return repeats.call(() -> read(caller, run, fence));
        } catch (RunNotFound e) {
            return new Truth(null, false, null);
        }
    }

    private Truth read(Caller caller, UUID run, long fence) {
        Verification.Verified seen = verification.verify(caller, run);
        RunFacts row = seen.row();
        String last = null;
        for (LeaseStatement.LeaseEvent event :
                session.work(connection -> statement.events(connection, caller.tenant(), List.of(run)))) {
            last = event.fence() == fence ? event.type() : last;
        }
        boolean leased = row != null && Long.valueOf(fence).equals(row.leaseFence());
        return new Truth(seen.projected().state(), leased, last);
    }
}

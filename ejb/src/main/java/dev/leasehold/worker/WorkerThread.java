package dev.leasehold.worker;

import dev.leasehold.api.Outcome;
import dev.leasehold.attempt.FinishAttempts.Report;
import dev.leasehold.sql.Claimed;
import jakarta.ejb.ConcurrencyManagement;
import jakarta.ejb.ConcurrencyManagementType;
import jakarta.ejb.Singleton;
import jakarta.ejb.TransactionManagement;
import jakarta.ejb.TransactionManagementType;
import jakarta.inject.Inject;
import org.jspecify.annotations.Nullable;

/**
 * What a thread of the server's executor does for the queue. It is a bean so that handlers find this module's naming
 * and transactions on every server, and a singleton so that long handlers occupy no pool.
 */
@Singleton
@TransactionManagement(TransactionManagementType.BEAN)
@ConcurrencyManagement(ConcurrencyManagementType.BEAN)
public class WorkerThread {

    @Inject
    HandlerCall handlers;

    @Inject
    Owner owner;

    @Inject
    InHand inHand;

    /** Works until there is nothing to do for a while, or until its place is another's because a handler did not stop. */
    public void work(Dispatcher dispatcher, Station station) {
        Desk<Report, Claimed> desk = station.desk();
        station.enter();
        boolean home = false;
        try {
            Report done = null;
            Turn<Report, Claimed> turn = desk.next(null);
            while (turn != null && !home) {
                done = turn.started() == null ? null : attempt(turn.started());
                boolean fruitless = turn.lead() != null && !dispatcher.lead(station, turn.lead());
                home = lost(station, turn.started()) || (fruitless && desk.leave(false));
                turn = home ? turn : desk.next(done);
            }
            home = true;
        } finally {
            if (station.leave() && !home) {
                desk.leave(true);
            }
        }
    }

    /** Of a thread that was written off nobody wants a report. */
    private boolean lost(Station station, @Nullable Claimed run) {
        boolean lost = !station.counts();
        if (lost && run != null) {
            inHand.letGo(run.runId(), run.fence());
        }
        return lost;
    }

    /** Answers what is still to be stored. */
    private @Nullable Report attempt(Claimed run) {
        Outcome outcome = handlers.call(run);
        return outcome == null ? null : Reports.of(owner, run, outcome);
    }
}

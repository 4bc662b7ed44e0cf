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

    /** Works until there is nothing to do for a while, or until its place is another's because a handler did not stop. */
    public void work(Dispatcher dispatcher, Station station) {
        Desk<Report, Claimed> desk = station.desk();
        station.enter();
        boolean home = false;
        try {
            Turn<Report, Claimed> turn = desk.next(null);
            while (turn != null) {
                turn = take(turn, dispatcher, station);
            }
            home = true;
        } finally {
            if (station.leave() && !home) {
                desk.leave(true);
            }
        }
    }

    /** Does what it is its turn to do, and answers its next turn; null sends it home. */
    private @Nullable Turn<Report, Claimed> take(Turn<Report, Claimed> turn, Dispatcher dispatcher, Station station) {
        Claimed run = turn.started();
        Report done = run == null ? null : attempt(run);
        if (run != null && !station.counts()) {
            dispatcher.hear(station, done);
            return null;
        }
        boolean fruitless = turn.lead() != null && !dispatcher.lead(station, turn.lead());
        return fruitless && station.desk().leave(false) ? null : station.desk().next(done);
    }

    /** Answers what is still to be stored. */
    private @Nullable Report attempt(Claimed run) {
        Outcome outcome = handlers.call(run);
        return outcome == null ? null : Reports.of(owner, run, outcome);
    }
}

package dev.leasehold.worker;

import dev.leasehold.api.Outcome;
import dev.leasehold.attempt.FinishAttempts.Report;
import dev.leasehold.attempt.Terms;
import dev.leasehold.metric.Meter;
import dev.leasehold.node.Node;
import dev.leasehold.sql.Causes;
import dev.leasehold.sql.Claimed;
import jakarta.ejb.ConcurrencyManagement;
import jakarta.ejb.ConcurrencyManagementType;
import jakarta.ejb.Singleton;
import jakarta.ejb.TransactionManagement;
import jakarta.ejb.TransactionManagementType;
import jakarta.inject.Inject;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What a thread of the server's executor does for the queue. It is a bean so that handlers find this module's naming
 * and transactions on every server, and a singleton so that long handlers occupy no pool.
 */
@Singleton
@TransactionManagement(TransactionManagementType.BEAN)
@ConcurrencyManagement(ConcurrencyManagementType.BEAN)
public class WorkerThread {

    private static final System.Logger LOG = System.getLogger(WorkerThread.class.getName());
    private static final long PAUSE_MILLIS = 500;

    private final Set<Station> failing = ConcurrentHashMap.newKeySet();

    @Inject
    Round round;

    @Inject
    HandlerCall handlers;

    @Inject
    Owner owner;

    @Inject
    Node node;

    @Inject
    Meter meter;

    /** Works until there is nothing to do for a while. */
    public void work(Dispatcher dispatcher, Station station) {
        Desk<Report, Claimed> desk = station.desk();
        desk.enter();
        boolean home = false;
        try {
            Report done = null;
            Turn<Report, Claimed> turn = desk.next(null);
            while (turn != null && !home) {
                done = turn.started() == null ? null : attempt(turn.started());
                boolean fruitless = turn.lead() != null && !lead(dispatcher, station, turn.lead());
                home = fruitless && desk.leave(false);
                turn = home ? turn : desk.next(done);
            }
            home = true;
        } finally {
            if (!home) {
                desk.leave(true);
            }
        }
    }

    /** Leads a round, and answers whether it came to anything. */
    private boolean lead(Dispatcher dispatcher, Station station, Lead<Report> lead) {
        List<Claimed> started;
        try {
            started = round.run(lead.finished(), lead.wanted(), station.queues());
        } catch (Throwable e) {
            try {
                failed(station, e);
            } finally {
                pause(station, lead);
            }
            return true;
        }
        int more = station.desk().lead(lead, started);
        if (failing.remove(station)) {
            node.flushFailing(!failing.isEmpty());
            LOG.log(Level.INFO, "results are stored again");
        }
        dispatcher.call(station, more);
        return !(started.isEmpty() && lead.finished().isEmpty());
    }

    private void failed(Station station, Throwable failure) {
        if (failing.add(station)) {
            node.flushFailing(true);
            LOG.log(Level.WARNING, "results cannot be stored, nothing is claimed: {0}", Causes.root(failure));
        }
        meter.roundFailed();
    }

    private static void pause(Station station, Lead<Report> lead) {
        int dropped = station.desk().failed(lead, PAUSE_MILLIS);
        if (dropped > 0) {
            LOG.log(Level.WARNING, "the node stops; {0} results are lost with it", dropped);
        }
    }

    private Report attempt(Claimed run) {
        Outcome outcome = handlers.call(run);
        return new Report(
                owner.name(),
                run.runId(),
                Objects.requireNonNull(run.attemptId()),
                run.fence(),
                outcome,
                Terms.of(run));
    }
}

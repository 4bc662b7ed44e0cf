package dev.leasehold.worker;

import dev.leasehold.attempt.FinishAttempts.Report;
import dev.leasehold.metric.Meter;
import dev.leasehold.node.Node;
import dev.leasehold.run.ReadyBell;
import dev.leasehold.settings.Settings;
import dev.leasehold.sql.Causes;
import dev.leasehold.sql.Claimed;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Calls worker threads in from the server's executor while there is work, and lets them go when there is none: a host's
 * executor is not kept occupied. How many really come is the executor's to say; runs are claimed only for those here.
 */
@ApplicationScoped
public class Dispatcher {

    private static final System.Logger LOG = System.getLogger(Dispatcher.class.getName());
    private static final long PASS_MILLIS = 60_000;
    private static final long PAUSE_MILLIS = 500;

    private final Failing failing = new Failing();
    private volatile boolean closed;
    private volatile Map<String, Station> named = Map.of();
    private volatile Station general = new Station(Queues.ALL);

    @Inject
    WorkerThread thread;

    @Inject
    Round round;

    @Inject
    Meter meter;

    @Inject
    ReadyBell bell;

    @Inject
    Settings settings;

    @Inject
    Node node;

    @Inject
    InHand inHand;

    /** Opens for work; where duties are done by hand it claims nothing by itself, and all queues share one desk. */
    public void begin() {
        inHand.begin();
        boolean byItself = settings.dutiesByTimer();
        if (byItself) {
            Map<String, Station> own = new LinkedHashMap<>();
            settings.queueThreads().keySet().forEach(name -> own.put(name, new Station(Queues.one(name))));
            general = new Station(Queues.others(own.keySet()));
            named = own;
        }
        stations().forEach(station -> station.desk().claim(byItself));
        resize();
        if (byItself) {
            bell.listen(this::wake);
            wake();
        }
    }

    private List<Station> stations() {
        List<Station> all = new ArrayList<>(named.values());
        all.add(general);
        return all;
    }

    /** How many threads this node has. */
    public Threads threads() {
        return stations().stream().map(station -> station.desk().threads()).reduce(Threads.NONE, Threads::plus);
    }

    /** Lets as many threads work at once as the settings say now. */
    public synchronized void resize() {
        Map<String, Integer> threads = settings.queueThreads();
        named.forEach((name, station) -> station.desk().open(closed ? 0 : threads.getOrDefault(name, 0)));
        general.desk().open(closed ? 0 : settings.workerThreads());
    }

    /**
     * Claims and runs what is ready until there is no more, or no thread is free. Only where duties are done by hand.
     *
     * @param parked how many handlers wait for something that this does not wait for
     * @return whether it came to an end within a minute
     */
    public boolean pass(IntSupplier parked) {
        general.desk().claim(true);
        try {
            wake();
            return settled(parked);
        } finally {
            general.desk().claim(false);
        }
    }

    /** Waits up to a minute until no handler runs but the parked ones and every result is stored; answers whether so. */
    public boolean settled(IntSupplier parked) {
        return general.desk().settled(parked, PASS_MILLIS);
    }

    /** There may be work. Returns at once; safe in a transaction's completion. */
    public void wake() {
        if (node.active()) {
            stations().forEach(station -> call(station, station.desk().ring(null)));
        }
    }

    /** Leads a round at a station, and answers whether it came to anything; one that fails goes first after a pause. */
    boolean lead(Station station, Lead<Report> lead) {
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
        if (failing.changed(station, false, node::flushFailing)) {
            LOG.log(Level.INFO, "results are stored again");
        }
        call(station, more);
        return !(started.isEmpty() && lead.finished().isEmpty());
    }

    private void failed(Station station, Throwable failure) {
        if (failing.changed(station, true, node::flushFailing)) {
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

    /** What a thread that was given up has finished after all, if anything: its lease may still stand. */
    void hear(Station station, @Nullable Report done) {
        call(station, station.desk().ring(done));
    }

    private void call(Station station, int threads) {
        for (int i = 0; i < threads; i++) {
            try {
                node.executor().execute(() -> thread.work(this, station));
            } catch (Throwable e) {
                station.desk().excuse();
                LOG.log(Level.WARNING, "the server's executor takes no more work: {0}", Causes.root(e));
            }
        }
    }

    /** Gives the places of threads to others whose handlers were told to stop and have not for the grace of timeouts. */
    public void giveUp() {
        if (inHand.giveUp(settings.timeoutGrace(), thread -> stations().forEach(one -> one.writeOff(thread)))) {
            wake();
        }
    }

    /** Takes no new work: threads go home as soon as they have nothing in hand. */
    public synchronized void close() {
        closed = true;
        stations().forEach(station -> station.desk().open(0));
    }

    /** Keeps nothing that cannot be stored. */
    public void end() {
        stations().forEach(station -> station.desk().open(Desk.NO_MORE));
    }

    /** Waits until every thread has gone home, at most that long at each desk; answers whether they have. */
    public boolean emptied(Duration atMost) {
        return stations().stream().allMatch(station -> station.desk().emptied(atMost.toMillis()));
    }
}

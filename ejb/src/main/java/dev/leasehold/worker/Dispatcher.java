package dev.leasehold.worker;

import dev.leasehold.attempt.FinishAttempts.Report;
import dev.leasehold.node.Node;
import dev.leasehold.run.ReadyBell;
import dev.leasehold.settings.Settings;
import dev.leasehold.sql.Causes;
import dev.leasehold.sql.Claimed;
import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedExecutorService;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.lang.System.Logger.Level;
import java.util.function.IntSupplier;

/**
 * Calls worker threads in from the server's executor while there is work, and lets them go when there is none: a host's
 * executor is not kept occupied. How many really come is the executor's to say; runs are claimed only for those here.
 */
@ApplicationScoped
public class Dispatcher {

    private static final System.Logger LOG = System.getLogger(Dispatcher.class.getName());
    private static final long KEEP_MILLIS = 2_000;
    private static final long STOP_MILLIS = 5_000;
    private static final long PASS_MILLIS = 60_000;

    private final Desk<Report, Claimed> desk = new Desk<>(KEEP_MILLIS);

    @Resource
    ManagedExecutorService executor;

    @Inject
    WorkerThread thread;

    @Inject
    ReadyBell bell;

    @Inject
    Settings settings;

    @Inject
    Node node;

    @Inject
    InHand inHand;

    /** Opens for work; where duties are done by hand it claims nothing by itself. */
    public void begin() {
        inHand.begin();
        boolean byItself = settings.dutiesByTimer();
        desk.claim(byItself);
        resize();
        if (byItself) {
            bell.listen(this::wake);
            wake();
        }
    }

    /** Lets as many threads work at once as the settings say now. */
    public void resize() {
        desk.open(settings.workerThreads());
    }

    /**
     * Claims and runs what is ready until there is no more, or no thread is free. Only where duties are done by hand.
     *
     * @param parked how many handlers wait for something that this does not wait for
     * @return whether it came to an end within a minute
     */
    public boolean pass(IntSupplier parked) {
        desk.claim(true);
        try {
            wake();
            return settled(parked);
        } finally {
            desk.claim(false);
        }
    }

    /** Waits up to a minute until no handler runs but the parked ones and every result is stored; answers whether so. */
    public boolean settled(IntSupplier parked) {
        return desk.settled(parked, PASS_MILLIS);
    }

    /** There may be work. Returns at once; safe in a transaction's completion. */
    public void wake() {
        if (node.active()) {
            call(desk.ring());
        }
    }

    void call(int threads) {
        for (int i = 0; i < threads; i++) {
            try {
                executor.execute(() -> thread.work(this));
            } catch (Throwable e) {
                desk.excuse();
                LOG.log(Level.WARNING, "the server's executor takes no more work: {0}", Causes.root(e));
            }
        }
    }

    Desk<Report, Claimed> desk() {
        return desk;
    }

    /** Takes no new work, and waits a little for what is being done. */
    public void end() {
        desk.open(0);
        if (!desk.emptied(STOP_MILLIS)) {
            LOG.log(Level.INFO, "handlers still run while the node stops; their runs will be attempted again");
        }
    }
}

package dev.leasehold.timer;

import dev.leasehold.node.Node;
import dev.leasehold.settings.Settings;
import dev.leasehold.time.Stopwatch;
import dev.leasehold.worker.Announcer;
import dev.leasehold.worker.Dispatcher;
import dev.leasehold.worker.InHand;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.BeforeDestroyed;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.lang.System.Logger.Level;
import java.time.Duration;

/**
 * Takes this node out of service as long as it still can commit. It claims nothing more and lets handlers finish for
 * {@code leasehold.drain-secs}, while it keeps their leases; then it tells those that still run to stop. What does not stop
 * either keeps its lease until that lapses, and is attempted again elsewhere. Nothing is claimed ahead of a free thread, so
 * nothing has to be given back.
 *
 * <p>It begins with the first sign of the end that the server gives, since a handler in a web module is taken away before the
 * queue is: the module's context listener, the end of the application's scope, or the end of the timers.
 */
@ApplicationScoped
public class Drain {

    private static final System.Logger LOG = System.getLogger(Drain.class.getName());
    private static final Duration LAST = Duration.ofSeconds(5);
    private static final Duration LOOK = Duration.ofMillis(200);

    @Inject
    Settings settings;

    @Inject
    Node node;

    @Inject
    Duties duties;

    @Inject
    Dispatcher dispatcher;

    @Inject
    InHand inHand;

    @Inject
    Announcer announcer;

    private boolean over;

    void before(@Observes @BeforeDestroyed(ApplicationScoped.class) Object end) {
        run();
    }

    /** Does so, the first time; returns when no handler runs any more, or none will stop. */
    public synchronized void run() {
        if (over) {
            return;
        }
        over = true;
        node.drain();
        dispatcher.close();
        if (node.running()) {
            finish();
        }
        dispatcher.end();
        announcer.end();
    }

    /** Whether a handler still runs, also one whose thread was given up. */
    boolean stuck() {
        return inHand.calling();
    }

    private void finish() {
        LOG.log(Level.INFO, "the node is taken down: it takes nothing more and waits for {0} attempts", inHand.count());
        if (emptied(settings.drain())) {
            return;
        }
        LOG.log(Level.INFO, "{0} attempts still run after the drain and are told to stop", inHand.count());
        inHand.stopAll();
        if (!emptied(LAST)) {
            LOG.log(Level.WARNING, "{0} attempts do not stop; their runs will be attempted again", inHand.count());
        }
    }

    private boolean emptied(Duration atMost) {
        Stopwatch all = new Stopwatch(atMost);
        Stopwatch beat = new Stopwatch(settings.heartbeatEvery());
        while (!dispatcher.emptied(LOOK)) {
            if (all.isOver()) {
                return false;
            }
            if (beat.isOver()) {
                duties.run(Duty.HEARTBEAT);
                beat = new Stopwatch(settings.heartbeatEvery());
            }
        }
        return true;
    }
}

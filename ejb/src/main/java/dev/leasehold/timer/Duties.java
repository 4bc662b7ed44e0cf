package dev.leasehold.timer;

import dev.leasehold.node.Node;
import dev.leasehold.node.NodeStart;
import dev.leasehold.run.PromoteDueRuns;
import dev.leasehold.settings.Settings;
import dev.leasehold.sql.Causes;
import dev.leasehold.sql.Repeats;
import dev.leasehold.tenant.Caller;
import dev.leasehold.time.ClockCorrection.Reaction;
import dev.leasehold.worker.Dispatcher;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.lang.System.Logger.Level;
import java.sql.SQLException;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** Does each duty when its timer fires, unless its last pass still runs; nothing that goes wrong leaves here. */
@ApplicationScoped
public class Duties {

    private static final System.Logger LOG = System.getLogger(Duties.class.getName());
    private static final int BATCH = 500;

    @Inject
    Node node;

    @Inject
    NodeStart start;

    @Inject
    Settings settings;

    @Inject
    PromoteDueRuns promote;

    @Inject
    Dispatcher dispatcher;

    @Inject
    Repeats repeats;

    private final Set<Duty> running = ConcurrentHashMap.newKeySet();
    private final Map<Duty, String> causes = new EnumMap<>(Duty.class);

    void begin() {
        dispatcher.begin();
    }

    void end() {
        dispatcher.end();
    }

    void run(Duty duty) {
        if (!running.add(duty)) {
            return;
        }
        try {
            pass(duty);
            report(duty, null);
        } catch (Throwable e) {
            report(duty, e);
        } finally {
            running.remove(duty);
        }
    }

    /**
     * Does a duty once, until nothing more of it is due.
     *
     * @return how many runs it moved
     * @throws SQLException when the database's clock cannot be read
     */
    public int pass(Duty duty) throws SQLException {
        return switch (duty) {
            case PROMOTE -> promote();
            case POLL -> {
                dispatcher.wake();
                yield 0;
            }
            case CLOCK -> {
                measureClock();
                yield 0;
            }
            case START -> throw new IllegalStateException("the start is not a duty");
        };
    }

    private int promote() {
        Caller caller = Caller.system(settings.node());
        int all = 0;
        int promoted = BATCH;
        while (promoted == BATCH && node.active()) {
            promoted =
                    repeats.call(() -> promote.execute(caller, List.of(BATCH))).get(0);
            all += promoted;
        }
        return all;
    }

    private void measureClock() throws SQLException {
        Reaction reaction = start.measureClock();
        for (int i = 0; i < 2 && reaction == Reaction.DOUBTED; i++) {
            LockSupport.parkNanos(TimeUnit.SECONDS.toNanos(1));
            reaction = start.measureClock();
        }
        if (reaction == Reaction.JUMPED_FORWARD || reaction == Reaction.JUMPED_BACKWARD) {
            LOG.log(Level.WARNING, "the database's clock went off from this machine''s: {0}", reaction);
        }
    }

    private synchronized void report(Duty duty, @Nullable Throwable failure) {
        String cause = failure == null ? "" : Causes.root(failure);
        String last = causes.put(duty, cause);
        if (failure != null && !cause.equals(last)) {
            LOG.log(Level.WARNING, duty + " failed and will be tried again", failure);
        } else if (failure == null && last != null && !last.isEmpty()) {
            LOG.log(Level.INFO, "{0} works again", duty);
        }
    }
}

package dev.leasehold.timer;

import dev.leasehold.idempotency.ForgetAnswers;
import dev.leasehold.node.ForgetNodes;
import dev.leasehold.node.Node;
import dev.leasehold.registry.Lookout;
import dev.leasehold.run.ExpireRuns;
import dev.leasehold.run.PromoteDueRuns;
import dev.leasehold.run.ReadyBell;
import dev.leasehold.run.UnparkRuns;
import dev.leasehold.schedule.DeriveRuns;
import dev.leasehold.settings.Settings;
import dev.leasehold.stats.AnalyzeTables;
import dev.leasehold.stats.FoldTallies;
import dev.leasehold.stats.VacuumTables;
import dev.leasehold.tenant.Caller;
import dev.leasehold.worker.Announcer;
import dev.leasehold.worker.Dispatcher;
import dev.leasehold.worker.Heartbeat;
import dev.leasehold.worker.Progresses;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** Does each duty when its timer fires, unless its last pass still runs or the node has ended; nothing that goes wrong leaves here. */
@ApplicationScoped
public class Duties {

    private static final int BATCH = Batches.SIZE;
    private static final int MOST_TABLES = 16;
    private static final int MANY_DEAD = 20_000;
    private static final Duration LOST_FOR = Duration.ofDays(1);

    @Inject
    Node node;

    @Inject
    Settings settings;

    @Inject
    PromoteDueRuns promote;

    @Inject
    DeriveRuns derive;

    @Inject
    LetterSweep letters;

    @Inject
    LeaseSweep sweep;

    @Inject
    WaitSweep waits;

    @Inject
    ExpireRuns expireRuns;

    @Inject
    UnparkRuns unpark;

    @Inject
    ForgetAnswers answers;

    @Inject
    ForgetNodes nodes;

    @Inject
    Retention retention;

    @Inject
    FoldTallies fold;

    @Inject
    AnalyzeTables analyze;

    @Inject
    VacuumTables vacuum;

    @Inject
    Heartbeat heartbeat;

    @Inject
    Lookout lookout;

    @Inject
    Progresses progress;

    @Inject
    Refills refills;

    @Inject
    ClockMeasurements measurements;

    @Inject
    Dispatcher dispatcher;

    @Inject
    Announcer announcer;

    @Inject
    ReadyBell bell;

    @Inject
    Batches batches;

    private final Set<Duty> running = ConcurrentHashMap.newKeySet();
    private final DutyLog log = new DutyLog();

    void begin() {
        run(Duty.HEARTBEAT);
        run(Duty.RECONCILE);
        if (settings.dutiesByTimer()) {
            refills.begin(() -> {
                run(Duty.PROMOTE);
                bell.ring();
            });
        }
        announcer.begin();
        dispatcher.begin();
    }

    void run(Duty duty) {
        if (!node.running() || !running.add(duty)) {
            return;
        }
        try {
            pass(duty);
            log.report(duty, null);
        } catch (Throwable e) {
            log.report(duty, e);
        } finally {
            running.remove(duty);
        }
    }

    /**
     * Does a duty once, until nothing more of it is due.
     *
     * @return how many runs it moved, attempts whose progress it stored, rows it folded or tables it had analyzed or vacuumed
     * @throws SQLException when the database's clock cannot be read, or a table not be vacuumed
     */
    public int pass(Duty duty) throws SQLException {
        return switch (duty) {
            case PROMOTE ->
                batches.each(node::active, caller -> promote.execute(caller, List.of(BATCH)))
                        + batches.each(node::active, caller -> unpark.execute(caller, List.of(BATCH)));
            case WAITS -> waits.pass();
            case DERIVE -> batches.each(node::active, caller -> derive.execute(caller, List.of(BATCH)));
            case DEAD_LETTERS -> letters.pass();
            case EXPIRE ->
                sweep.pass() + batches.each(node::active, caller -> expireRuns.execute(caller, List.of(BATCH)));
            case PROGRESS -> progress.store();
            case HEARTBEAT -> heartbeat.beat();
            case REMEMBER -> heartbeat.remember();
            case RECONCILE -> lookout.turn();
            case RETENTION -> forget();
            case REMOVE -> retention.pass();
            case FOLD -> batches.each(() -> true, caller -> fold.execute(caller, List.of(BATCH)));
            case ANALYZE -> analyze();
            case VACUUM -> vacuum();
            case POLL -> poll();
            case CLOCK -> {
                measurements.take();
                yield 0;
            }
            case START -> throw new IllegalStateException("the start is not a duty");
        };
    }

    private int forget() {
        return batches.each(() -> true, caller -> answers.execute(caller, List.of(BATCH)))
                + batches.each(() -> true, caller -> nodes.execute(caller, List.of(LOST_FOR)));
    }

    /** Each table in a transaction of its own, and none for long: others wait for what such a one holds. */
    private int analyze() {
        AtomicInteger left = new AtomicInteger(MOST_TABLES);
        return batches.each(1, () -> left.getAndDecrement() > 0, caller -> analyze.execute(caller, List.of(1)));
    }

    private int poll() {
        heartbeat.watch();
        dispatcher.giveUp();
        bell.ringForOthers();
        return 0;
    }

    private int vacuum() throws SQLException {
        return vacuum.execute(Caller.system(settings.node()), List.of(MANY_DEAD))
                .get(0);
    }
}

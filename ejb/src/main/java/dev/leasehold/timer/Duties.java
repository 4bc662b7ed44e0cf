package dev.leasehold.timer;

import dev.leasehold.attempt.ExpireLeases;
import dev.leasehold.idempotency.ForgetAnswers;
import dev.leasehold.node.ForgetNodes;
import dev.leasehold.node.Node;
import dev.leasehold.node.NodeStart;
import dev.leasehold.run.ExpireRuns;
import dev.leasehold.run.PromoteDueRuns;
import dev.leasehold.run.ReadyBell;
import dev.leasehold.run.UnparkRuns;
import dev.leasehold.schedule.DeriveRuns;
import dev.leasehold.settings.Settings;
import dev.leasehold.sql.Repeats;
import dev.leasehold.stats.AnalyzeTables;
import dev.leasehold.stats.FoldTallies;
import dev.leasehold.tenant.Caller;
import dev.leasehold.time.ClockCorrection.Reaction;
import dev.leasehold.time.Leasehold;
import dev.leasehold.worker.Dispatcher;
import dev.leasehold.worker.Heartbeat;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.lang.System.Logger.Level;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Function;

/** Does each duty when its timer fires, unless its last pass still runs; nothing that goes wrong leaves here. */
@ApplicationScoped
public class Duties {

    private static final System.Logger LOG = System.getLogger(Duties.class.getName());
    private static final int BATCH = 500;
    private static final Duration LOST_FOR = Duration.ofDays(1);

    @Inject
    Node node;

    @Inject
    NodeStart start;

    @Inject
    Settings settings;

    @Inject
    PromoteDueRuns promote;

    @Inject
    DeriveRuns derive;

    @Inject
    ExpireLeases expire;

    @Inject
    ExpireRuns expireRuns;

    @Inject
    UnparkRuns unpark;

    @Inject
    ForgetAnswers answers;

    @Inject
    ForgetNodes nodes;

    @Inject
    FoldTallies fold;

    @Inject
    AnalyzeTables analyze;

    @Inject
    Heartbeat heartbeat;

    @Inject
    Refills refills;

    @Inject
    @Leasehold
    Clock clock;

    @Inject
    Dispatcher dispatcher;

    @Inject
    ReadyBell bell;

    @Inject
    Repeats repeats;

    private final Set<Duty> running = ConcurrentHashMap.newKeySet();
    private volatile Instant graceUntil = Instant.EPOCH;
    private final DutyLog log = new DutyLog();

    void begin() {
        run(Duty.HEARTBEAT);
        if (settings.dutiesByTimer()) {
            refills.begin(() -> {
                run(Duty.PROMOTE);
                bell.ring();
            });
        }
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
     * @return how many runs it moved, rows it folded or tables it had analyzed
     * @throws SQLException when the database's clock cannot be read
     */
    public int pass(Duty duty) throws SQLException {
        return switch (duty) {
            case PROMOTE ->
                batches(node::active, caller -> promote.execute(caller, List.of(BATCH)))
                        + batches(node::active, caller -> unpark.execute(caller, List.of(BATCH)));
            case DERIVE -> batches(node::active, caller -> derive.execute(caller, List.of(BATCH)));
            case EXPIRE -> expire();
            case HEARTBEAT -> heartbeat.beat();
            case RETENTION -> forget();
            case FOLD -> batches(() -> true, caller -> fold.execute(caller, List.of(BATCH)));
            case ANALYZE -> batches(() -> true, caller -> analyze.execute(caller, List.of(BATCH)));
            case POLL -> {
                heartbeat.watch();
                bell.ringForOthers();
                yield 0;
            }
            case CLOCK -> {
                measureClock();
                yield 0;
            }
            case START -> throw new IllegalStateException("the start is not a duty");
        };
    }

    private int expire() {
        boolean judges = heartbeat.judges();
        return batches(
                        () -> judges && node.active() && !clock.instant().isBefore(graceUntil),
                        caller -> expire.execute(caller, List.of(BATCH)))
                + batches(node::active, caller -> expireRuns.execute(caller, List.of(BATCH)));
    }

    private int forget() {
        return batches(() -> true, caller -> answers.execute(caller, List.of(BATCH)))
                + batches(() -> true, caller -> nodes.execute(caller, List.of(LOST_FOR)));
    }

    /** Repeats a command as long as its batches come back full. */
    private int batches(BooleanSupplier goesOn, Function<Caller, List<Integer>> command) {
        Caller caller = Caller.system(settings.node());
        int all = 0;
        int done = BATCH;
        while (done >= BATCH && goesOn.getAsBoolean()) {
            done = repeats.call(() -> command.apply(caller)).get(0);
            all += done;
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
            graceUntil = clock.instant().plus(settings.heartbeatEvery());
            LOG.log(Level.WARNING, "the database's clock went off from this machine''s: {0}", reaction);
        }
    }
}

package dev.leasehold.timer;

import dev.leasehold.node.NodeStart;
import dev.leasehold.node.QueueDataSource;
import dev.leasehold.settings.Settings;
import dev.leasehold.wake.Wakes;
import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.annotation.Resource;
import jakarta.ejb.ConcurrencyManagement;
import jakarta.ejb.ConcurrencyManagementType;
import jakarta.ejb.DependsOn;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import jakarta.ejb.Timeout;
import jakarta.ejb.Timer;
import jakarta.ejb.TimerConfig;
import jakarta.ejb.TimerService;
import jakarta.ejb.TransactionManagement;
import jakarta.ejb.TransactionManagementType;
import jakarta.enterprise.concurrent.ManagedThreadFactory;
import jakarta.inject.Inject;
import jakarta.transaction.TransactionSynchronizationRegistry;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/**
 * Starts the node and keeps its duties going. Transactions are the bean's own, so that no callback runs in one: Payara
 * and GlassFish cancel a timer for good after its second failure, and a rolled-back callback counts as one.
 */
@Startup
@Singleton
@DependsOn({"WorkerThread", "AnnouncerThread"})
@TransactionManagement(TransactionManagementType.BEAN)
@ConcurrencyManagement(ConcurrencyManagementType.BEAN)
public class QueueTimers {

    private static final Duration START_RETRY = Duration.ofSeconds(1);
    private static final int WAKES = 2;

    @Resource
    TimerService timers;

    @Resource(lookup = "java:comp/TransactionSynchronizationRegistry")
    TransactionSynchronizationRegistry registry;

    /** What lasts has threads of its own: it would take one of the server's executor away from handlers. */
    @Resource
    ManagedThreadFactory threads;

    @Inject
    NodeStart start;

    @Inject
    Settings settings;

    @Inject
    Duties duties;

    @Inject
    Drain drain;

    @Inject
    Wakes wakes;

    private volatile @Nullable ExecutorService lasting;
    private volatile boolean ended;

    @PostConstruct
    void begin() {
        if (ended) {
            return;
        }
        switch (attempt()) {
            case READY -> {
                if (ended) {
                    start.stop();
                } else {
                    schedule();
                }
            }
            case WAITING -> timers.createSingleActionTimer(START_RETRY.toMillis(), new TimerConfig(Duty.START, false));
            case REFUSED -> {
                // the reason was logged, and readiness shows it
            }
        }
    }

    private NodeStart.Result attempt() {
        try {
            return start.attempt(registry);
        } catch (RuntimeException | LinkageError e) {
            return start.failed(e);
        }
    }

    /** WildFly has ten threads for all timers: some duties share one, so that one is left for {@link Duty#POLL}. */
    @Timeout
    void tick(Timer timer) {
        Duty duty = (Duty) timer.getInfo();
        switch (duty) {
            case START -> begin();
            case PROMOTE -> {
                duties.run(Duty.WAITS);
                duties.run(Duty.PROMOTE);
            }
            case DERIVE -> {
                duties.run(Duty.PROGRESS);
                duties.run(Duty.DERIVE);
                duties.run(Duty.DEAD_LETTERS);
            }
            case FOLD -> {
                duties.run(Duty.FOLD);
                duties.run(Duty.REMOVE);
            }
            case REMEMBER -> {
                duties.run(Duty.REMEMBER);
                duties.run(Duty.RECONCILE);
            }
            case ANALYZE -> {
                duties.run(Duty.ANALYZE);
                duties.run(Duty.VACUUM);
            }
            default -> duties.run(duty);
        }
    }

    private void schedule() {
        if (settings.dutiesByTimer()) {
            every(settings.promoteEvery(), Duty.PROMOTE);
            every(settings.promoteEvery(), Duty.DERIVE);
            every(settings.pollEvery(), Duty.POLL);
            every(settings.expireEvery(), Duty.EXPIRE);
            every(settings.heartbeatEvery(), Duty.HEARTBEAT);
            every(settings.heartbeatEvery(), Duty.REMEMBER);
            every(Duty.RETENTION_EVERY, Duty.RETENTION);
            every(Duty.FOLD_EVERY, Duty.FOLD);
            every(Duty.ANALYZE_EVERY, Duty.ANALYZE);
            every(Duty.CLOCK_EVERY, Duty.CLOCK);
        }
        duties.begin();
        start.shared().ifPresent(source -> {
            ExecutorService executor = Executors.newFixedThreadPool(WAKES, threads);
            lasting = executor;
            wakes.begin(source, executor);
        });
    }

    private void every(Duration interval, Duty duty) {
        timers.createIntervalTimer(interval.toMillis(), interval.toMillis(), new TimerConfig(duty, false));
    }

    /**
     * Other nodes hear of what the drain makes ready; what fires after this does nothing. Where a handler does not stop, no
     * other end may come: WildFly waits for its bean.
     */
    @PreDestroy
    void end() {
        ended = true;
        try {
            drain.run();
        } finally {
            stop();
        }
    }

    private void stop() {
        wakes.end();
        ExecutorService executor = lasting;
        if (executor != null) {
            executor.shutdownNow();
        }
        start.stop();
        if (drain.stuck()) {
            QueueDataSource.end();
        }
    }
}

package dev.leasehold.http;

import dev.leasehold.fault.Unavailable;
import dev.leasehold.run.ReadyBell;
import dev.leasehold.settings.Settings;
import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedScheduledExecutorService;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.lang.System.Logger.Level;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Serves workers that wait over HTTP, first come first served, without a thread each. When the bell rings, one thread
 * claims for them in turn and passes over who asks for what somebody just did not get: a submission costs few claims.
 */
@ApplicationScoped
public class WaitingWorkers {

    private static final System.Logger LOG = System.getLogger(WaitingWorkers.class.getName());

    /** Not the executor of handlers, which they may occupy for long. */
    @Resource
    ManagedScheduledExecutorService executor;

    @Inject
    Settings settings;

    @Inject
    ReadyBell bell;

    @Inject
    Grants grants;

    private final Queue<Waiter> waiters = new ConcurrentLinkedQueue<>();
    private final AtomicInteger waiting = new AtomicInteger();
    private final AtomicLong rings = new AtomicLong();
    private final AtomicInteger calls = new AtomicInteger();
    private volatile boolean closed;

    @PostConstruct
    void begin() {
        bell.listen(this::ring);
    }

    /** Answers everybody: the application ends. */
    @PreDestroy
    void end() {
        closed = true;
        waiters.forEach(this::dismiss);
    }

    /**
     * Serves a worker at once, unless others wait for the same; lets it wait when there is nothing.
     *
     * @throws TooManyWaiting when it would be one too many
     */
    void serve(Waiter waiter) {
        long heard = rings.get();
        boolean patient = !waiter.request().patience().isZero();
        boolean behind =
                patient && waiters.stream().anyMatch(other -> other.shape().equals(waiter.shape()));
        Grants.Grant grant = behind ? Grants.NOTHING : grants.claim(waiter.caller(), waiter.request());
        if (!patient || grant.answers()) {
            answer(waiter, grant);
            return;
        }
        enter(waiter);
        if (behind || rings.get() != heard || waiter.request().claimId() != null) {
            wake();
        }
    }

    private void enter(Waiter waiter) {
        if (waiting.incrementAndGet() > settings.maxWaitingPolls()) {
            waiting.decrementAndGet();
            throw new TooManyWaiting(settings.maxWaitingPolls());
        }
        waiters.add(waiter);
        long micros = TimeUnit.MICROSECONDS.convert(waiter.request().patience());
        try {
            waiter.endsWith(executor.schedule(() -> dismiss(waiter), micros, TimeUnit.MICROSECONDS));
        } catch (RuntimeException e) {
            LOG.log(Level.WARNING, "nobody can wait for runs: the server''s executor takes no more work", e);
            dismiss(waiter);
        }
        if (closed) {
            dismiss(waiter);
        }
    }

    private void dismiss(Waiter waiter) {
        if (waiter.dismiss()) {
            leave(waiter);
            answer(waiter, Grants.NOTHING);
        }
    }

    private void leave(Waiter waiter) {
        if (waiters.remove(waiter)) {
            waiting.decrementAndGet();
        }
    }

    /** On a committing thread: counts, and hands over. */
    private void ring() {
        rings.incrementAndGet();
        wake();
    }

    private void wake() {
        if (waiters.isEmpty() || calls.getAndIncrement() > 0) {
            return;
        }
        if (!handOver(this::drain)) {
            calls.set(0);
        }
    }

    private boolean handOver(Runnable work) {
        try {
            executor.execute(work);
            return true;
        } catch (RuntimeException e) {
            LOG.log(closed ? Level.DEBUG : Level.WARNING, "the server''s executor takes no more work", e);
            return false;
        }
    }

    private void drain() {
        int seen;
        do {
            seen = calls.get();
            try {
                pass();
            } catch (Throwable e) {
                LOG.log(Level.WARNING, "waiting workers were not served", e);
            }
        } while (!calls.compareAndSet(seen, 0));
    }

    private void pass() {
        Pass pass = new Pass();
        for (Waiter waiter : waiters) {
            if (waiter.isGone()) {
                leave(waiter);
            } else if (pass.serves(waiter) && waiter.take() && !serve(waiter, pass)) {
                return;
            }
        }
    }

    /** Serves one that was taken; false when the others had better wait. */
    private boolean serve(Waiter waiter, Pass pass) {
        try {
            Grants.Grant grant = grants.claim(waiter.caller(), waiter.request());
            if (grant.answers()) {
                pass.got(waiter);
                leave(waiter);
                handOver(waiter, grant);
            } else {
                pass.gotNothing(waiter);
                if (!waiter.putBack()) {
                    leave(waiter);
                    answer(waiter, grant);
                }
            }
            return true;
        } catch (Throwable e) {
            leave(waiter);
            waiter.fail(e);
            return !(e instanceof Unavailable);
        }
    }

    /** A worker that reads slowly must not keep the others waiting. */
    private void handOver(Waiter waiter, Grants.Grant grant) {
        if (!handOver(() -> answer(waiter, grant))) {
            answer(waiter, grant);
        }
    }

    /** Answers it, whatever happens; what it cannot be told that it has is given back. */
    private void answer(Waiter waiter, Grants.Grant grant) {
        if (!waiter.tell(grant.runs()) && !grant.repeated()) {
            try {
                grants.giveBack(waiter.caller(), waiter.request(), grant.runs());
            } catch (Throwable e) {
                LOG.log(Level.WARNING, "leases that nobody was told of last until they expire", e);
            }
        }
    }
}

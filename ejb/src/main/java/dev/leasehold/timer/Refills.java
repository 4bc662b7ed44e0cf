package dev.leasehold.timer;

import dev.leasehold.run.Alarm;
import dev.leasehold.sql.Causes;
import dev.leasehold.time.Leasehold;
import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedScheduledExecutorService;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.lang.System.Logger.Level;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Looks for due runs as soon as a rate has room again, or a permit is expected to be free, sooner than the timer would: an
 * EJB timer does not fire more often than once a second, and a rate of ten a second would let five through.
 */
@ApplicationScoped
public class Refills {

    private static final System.Logger LOG = System.getLogger(Refills.class.getName());
    private static final Duration SOON = Duration.ofMinutes(1);

    @Resource
    ManagedScheduledExecutorService executor;

    @Inject
    Alarm alarm;

    @Inject
    @Leasehold
    Clock clock;

    private final AtomicReference<Instant> planned = new AtomicReference<>(Instant.MAX);

    /** Begins to listen; the look is taken on the server's scheduled executor. */
    void begin(Runnable look) {
        alarm.listen(instant -> at(instant, look));
    }

    private void at(Instant instant, Runnable look) {
        Instant now = clock.instant();
        Instant before = planned.get();
        if (instant.isAfter(now.plus(SOON)) || !instant.isBefore(before) || !planned.compareAndSet(before, instant)) {
            return;
        }
        try {
            long micros = Math.max(0, TimeUnit.MICROSECONDS.convert(Duration.between(now, instant)));
            var unused = executor.schedule(() -> look(instant, look), micros, TimeUnit.MICROSECONDS);
        } catch (RuntimeException e) {
            planned.set(Instant.MAX);
            LOG.log(Level.DEBUG, "the timer has to do: {0}", Causes.root(e));
        }
    }

    private void look(Instant instant, Runnable look) {
        planned.compareAndSet(instant, Instant.MAX);
        look.run();
    }
}

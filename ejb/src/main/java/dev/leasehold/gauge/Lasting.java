package dev.leasehold.gauge;

import dev.leasehold.time.Stopwatch;
import java.time.Duration;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A value that is expensive to make. It serves for a while, and for longer the longer it took to make, so that making it
 * takes no more than a twentieth of the time. Whoever asks while it is made gets the one before.
 *
 * @param <T> the value
 */
final class Lasting<T> {

    private static final int SHARE = 20;
    private static final Duration MOST = Duration.ofMinutes(1);

    private record Made<T>(T value, Stopwatch age) {}

    private final ReentrantLock making = new ReentrantLock();
    private final Supplier<T> maker;
    private final Duration least;
    private volatile @Nullable Made<T> last;

    /** A value that serves at least that long, and at most a minute. */
    Lasting(Duration least, Supplier<T> maker) {
        this.least = least;
        this.maker = maker;
    }

    T get() {
        Made<T> before = last;
        if (before != null && (!before.age().isOver() || !making.tryLock())) {
            return before.value();
        }
        if (before == null) {
            making.lock();
        }
        try {
            Made<T> meanwhile = last;
            return meanwhile == null || meanwhile.age().isOver() ? make() : meanwhile.value();
        } finally {
            making.unlock();
        }
    }

    private T make() {
        Stopwatch watch = new Stopwatch(null);
        T value = maker.get();
        last = new Made<>(value, new Stopwatch(lasts(watch.elapsed())));
        return value;
    }

    Duration lasts(Duration took) {
        Duration share = took.multipliedBy(SHARE);
        Duration longer = share.compareTo(least) > 0 ? share : least;
        return longer.compareTo(MOST) < 0 ? longer : MOST;
    }
}

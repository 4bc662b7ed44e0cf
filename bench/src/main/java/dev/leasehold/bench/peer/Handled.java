package dev.leasehold.bench.peer;

import dev.leasehold.bench.contender.Probe;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLongArray;
import org.jspecify.annotations.Nullable;

/**
 * The runs that were handled in this process, and when each began. There is one for the process, because the systems make
 * their handlers themselves.
 */
final class Handled {
    private static volatile Handled current = new Handled(0, null);

    private final AtomicLongArray begun;
    private final AtomicInteger count = new AtomicInteger();
    private final AtomicInteger twice = new AtomicInteger();
    private final @Nullable Probe probe;

    private Handled(int runs, @Nullable Probe probe) {
        this.begun = new AtomicLongArray(runs);
        this.probe = probe;
    }

    /** Begins to count runs from 0 to that number; the probe, if there is one, is told of each. */
    static Handled expect(int runs, @Nullable Probe probe) {
        var expected = new Handled(runs, probe);
        current = expected;
        return expected;
    }

    /** What a handler does. */
    static void run(int number) {
        current.add(number);
    }

    private void add(int number) {
        if (!begun.compareAndSet(number, 0, System.nanoTime())) {
            twice.incrementAndGet();
        }
        int done = count.incrementAndGet();
        if (probe != null) {
            probe.progress(done);
        }
    }

    /** How often a handler ran. */
    int count() {
        return count.get();
    }

    /** How often a handler ran for a run that had been handled. */
    int twice() {
        return twice.get();
    }

    /** When the handler of that run began, as {@link System#nanoTime}; 0: not yet. */
    long begun(int number) {
        return begun.get(number);
    }
}

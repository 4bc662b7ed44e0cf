package dev.leasehold.time;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.util.List;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * Makes UUIDs of version 7 whose order is the order of making: exact within a node, also when the clock stands or is
 * set back, and to the millisecond across nodes (decisions 2).
 */
@ApplicationScoped
public class Ids {

    private static final int COUNTER_BITS = 12;
    private static final long VERSION = 7L << COUNTER_BITS;
    private static final long VARIANT = 0b10L << 62;

    @Inject
    @Leasehold
    Clock clock;

    private final SplittableRandom random = new SplittableRandom();
    private long last;

    /** The next id. */
    public synchronized UUID next() {
        last = Math.max(last + 1, clock.millis() << COUNTER_BITS);
        long millis = last >>> COUNTER_BITS << 16;
        long counter = last & (1L << COUNTER_BITS) - 1;
        return new UUID(millis | VERSION | counter, VARIANT | random.nextLong() >>> 2);
    }

    /** The next ids, ascending. */
    public synchronized List<UUID> next(int count) {
        return Stream.generate(this::next).limit(count).toList();
    }
}

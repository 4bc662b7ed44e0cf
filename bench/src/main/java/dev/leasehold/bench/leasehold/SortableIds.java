package dev.leasehold.bench.leasehold;

import java.util.List;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.stream.Stream;

/** UUIDs of version 7 as the product makes them, ascending within a process. */
final class SortableIds {

    private static final int COUNTER_BITS = 12;
    private static final long VERSION = 7L << COUNTER_BITS;
    private static final long VARIANT = 0b10L << 62;

    private final SplittableRandom random = new SplittableRandom();
    private long last;

    synchronized UUID next() {
        last = Math.max(last + 1, System.currentTimeMillis() << COUNTER_BITS);
        long millis = last >>> COUNTER_BITS << 16;
        return new UUID(millis | VERSION | (last & ((1L << COUNTER_BITS) - 1)), VARIANT | (random.nextLong() >>> 2));
    }

    synchronized List<UUID> next(int count) {
        return Stream.generate(this::next).limit(count).toList();
    }
}

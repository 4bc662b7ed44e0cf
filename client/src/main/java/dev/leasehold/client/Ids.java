package dev.leasehold.client;

import java.security.SecureRandom;
import java.util.UUID;

/** Makes UUIDs of version 7, each greater than the one before. */
final class Ids {

    private static final int COUNTER_BITS = 12;
    private static final long VERSION = 7L << COUNTER_BITS;
    private static final long VARIANT = 0b10L << 62;
    private static final SecureRandom RANDOM = new SecureRandom();

    private static long last;

    private Ids() {}

    /** The next id. */
    static synchronized UUID next() {
        last = Math.max(last + 1, Ticker.millis() << COUNTER_BITS);
        long millis = last >>> COUNTER_BITS << 16;
        long counter = last & (1L << COUNTER_BITS) - 1;
        return new UUID(millis | VERSION | counter, VARIANT | RANDOM.nextLong() >>> 2);
    }
}

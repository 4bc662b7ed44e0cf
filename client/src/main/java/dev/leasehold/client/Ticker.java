package dev.leasehold.client;

/** Reads this machine's time. What a server says about time is never compared with it. */
final class Ticker {

    private Ticker() {}

    /** Milliseconds since the epoch, as this machine believes. */
    static long millis() {
        return System.currentTimeMillis();
    }

    /** Nanoseconds since some moment, never going back. */
    static long nanos() {
        return System.nanoTime();
    }
}

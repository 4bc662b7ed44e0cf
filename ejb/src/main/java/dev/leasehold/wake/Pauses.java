package dev.leasehold.wake;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Pauses between attempts, each twice as long as the one before, and none longer than until the end. */
final class Pauses {

    private static final Duration FIRST = Duration.ofMillis(100);
    private static final Duration LONGEST = Duration.ofSeconds(5);

    private final CountDownLatch end;
    private Duration next = FIRST;

    Pauses(CountDownLatch end) {
        this.end = end;
    }

    boolean atEnd() {
        return end.getCount() == 0;
    }

    void reset() {
        next = FIRST;
    }

    void afterFailure() throws InterruptedException {
        pause(next);
        Duration longer = next.multipliedBy(2);
        next = longer.compareTo(LONGEST) < 0 ? longer : LONGEST;
    }

    void pause(Duration time) throws InterruptedException {
        boolean unused = end.await(time.toMillis(), TimeUnit.MILLISECONDS);
    }
}

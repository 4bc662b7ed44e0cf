package dev.leasehold.bench.contender;

import java.util.concurrent.TimeUnit;

/**
 * What comes before a measured W1. Everybody submits one by one for the same time: a server runs more code for one task than
 * a library does, and takes longer until that is compiled.
 */
public final class WarmUp {
    private static final long SINGLES_NANOS = TimeUnit.SECONDS.toNanos(20);
    private static final int SINGLES = 1_000;
    private static final int BATCHES = 5;

    /** Submits. */
    @FunctionalInterface
    public interface Submission {
        /** The runs from that number to before this one, all of them. */
        void submit(int from, int to) throws Exception;
    }

    private WarmUp() {}

    /** Answers how many runs were submitted. */
    public static int of(Case c, Submission submission) throws Exception {
        int batch = c.number("batch", 1);
        if (batch > 1) {
            submission.submit(0, BATCHES * batch);
            return BATCHES * batch;
        }
        int done = 0;
        long end = System.nanoTime() + SINGLES_NANOS;
        do {
            submission.submit(done, done + SINGLES);
            done += SINGLES;
        } while (System.nanoTime() < end);
        return done;
    }
}

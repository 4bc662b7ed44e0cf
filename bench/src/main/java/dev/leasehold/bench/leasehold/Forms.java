package dev.leasehold.bench.leasehold;

import dev.leasehold.bench.contender.Case;
import dev.leasehold.bench.contender.Workload;

/** What a case means for us. */
final class Forms {

    private static final int RUNS_OF_A_WORKER = 15_000;

    private Forms() {}

    /** What the database holds at the beginning. */
    static Expected expected(Case c) {
        return switch (c.workload()) {
            case W1, W3, W5, W8 -> new Expected(0, 0, 0);
            case W2, W6, W7 -> new Expected(0, c.runs(), 0);
            case W4 -> new Expected(c.number("finished", 0), c.runs(), c.number("future", 0));
        };
    }

    /** How many runs there are to be: a worker alone does some thousands in the time in which many do all. */
    static int runs(Case c) {
        return c.workload() == Workload.W7 ? Math.min(c.runs(), RUNS_OF_A_WORKER * c.number("workers", 1)) : c.runs();
    }

    /** How many submit at once. */
    static int threads(Case c) {
        return c.number("threads", 1);
    }

    /** How many are submitted in one call. */
    static int batch(Case c) {
        return c.number("batch", 1);
    }
}

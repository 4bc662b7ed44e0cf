package dev.leasehold.bench.peer;

import dev.leasehold.bench.contender.Outcome;

/**
 * What became of the runs of a case.
 *
 * @param runs those that there were
 * @param handled how often a handler ran
 * @param again how often it ran for a run that had been handled
 * @param left due in the database and not complete
 * @param complete kept in the database as complete; {@code runs} for a system that keeps none
 */
record Count(long runs, long handled, long again, long left, long complete) {

    /** Good when each was handled exactly once, none is left and none is missing. */
    Outcome outcome() {
        if (handled == runs && again == 0 && left == 0 && complete == runs) {
            return Outcome.good();
        }
        return Outcome.voided("of %d runs %d were handled, %d of them again, %d are left and %d are complete"
                .formatted(runs, handled, again, left, complete));
    }
}

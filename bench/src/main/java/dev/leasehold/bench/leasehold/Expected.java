package dev.leasehold.bench.leasehold;

/**
 * How many runs must be in the database.
 *
 * @param completed that were handled, each once
 * @param ready that wait to be claimed
 * @param future whose instant has not come
 */
record Expected(long completed, long ready, long future) {

    long runs() {
        return completed + ready + future;
    }

    /** The same once those that are ready were handled. */
    Expected drained() {
        return new Expected(completed + ready, 0, future);
    }
}

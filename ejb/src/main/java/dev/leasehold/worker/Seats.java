package dev.leasehold.worker;

/** How many threads a {@link Desk} has, under the desk's lock. */
final class Seats {

    /** How many may be here at once. */
    int capacity;
    /** How many are here. */
    int present;
    /** How many were called in and have not come yet. */
    int called;
    /** How many of those here have nothing in hand. */
    int waiting;
    /** For how many of those who wait runs are being claimed. */
    int promised;

    int callIn(int wanted) {
        int more = Math.max(0, Math.min(wanted, capacity - present - called));
        called += more;
        return more;
    }

    int enter() {
        called--;
        return present++;
    }

    /** Those that wait and are not spoken for, without what is too many since the desk was opened for fewer. */
    int free(int started) {
        return Math.max(0, Math.min(waiting, capacity - (present - waiting)) - promised - started);
    }

    /** Speaks for those that are free; at a large desk for half of it at most, so that two rounds can be under way. */
    int promise(int started) {
        int most = capacity / 2 < Desk.LARGE ? capacity : capacity / 2;
        int free = Math.min(most, free(started));
        promised += free;
        return free;
    }

    /** Whether anybody is still to come to the desk, but for so many that are parked. */
    boolean expected(int parked) {
        return called > 0 || present - waiting > parked;
    }
}

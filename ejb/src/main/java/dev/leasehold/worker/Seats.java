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

    int callIn(int wanted) {
        int more = Math.max(0, Math.min(wanted, capacity - present - called));
        called += more;
        return more;
    }

    int enter() {
        called--;
        return present++;
    }

    /** Those that wait, without what is too many since the desk was opened for fewer. */
    int free() {
        return Math.max(0, Math.min(waiting, capacity - (present - waiting)));
    }

    /** Whether anybody is still to come to the desk, but for so many that are parked. */
    boolean expected(int parked) {
        return called > 0 || present - waiting > parked;
    }
}

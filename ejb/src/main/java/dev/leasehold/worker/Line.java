package dev.leasehold.worker;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The threads that wait at a desk, under its lock. They are called one by one, who came last first, and few at a time: who
 * comes calls the next if there is still something to do. So work that takes no time at all is done by the threads that
 * are awake, and waking is not most of its cost.
 */
final class Line {

    private static final int MOST_COMING = 2;
    private static final long LEAST_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

    private static final class Place {
        private final Condition condition;
        private boolean called;

        Place(Condition condition) {
            this.condition = condition;
        }
    }

    private final ReentrantLock lock;
    private final Deque<Place> places = new ArrayDeque<>();
    private int coming;

    Line(ReentrantLock lock) {
        this.lock = lock;
    }

    /** Waits to be called, at most that long, or a millisecond; answers how much of the time is left. */
    long await(long nanos) {
        Place place = new Place(lock.newCondition());
        places.push(place);
        long left = Math.max(nanos, LEAST_NANOS);
        try {
            while (!place.called && left > 0) {
                left = place.condition.awaitNanos(left);
            }
        } catch (InterruptedException e) {
            left = 0;
        }
        if (place.called) {
            coming--;
        } else {
            places.remove(place);
        }
        return left;
    }

    /** Calls threads for so many things to do; those that were called and are not here yet count. */
    void call(int things) {
        while (coming < Math.min(things, MOST_COMING) && !places.isEmpty()) {
            callOne();
        }
    }

    /** Calls all of them. */
    void callAll() {
        while (!places.isEmpty()) {
            callOne();
        }
    }

    private void callOne() {
        Place place = places.pop();
        place.called = true;
        coming++;
        place.condition.signal();
    }
}

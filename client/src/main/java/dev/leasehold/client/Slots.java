package dev.leasehold.client;

import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;

/** The threads of a worker that wait for a run now; none is given out once it is closed. */
final class Slots {

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final int all;
    private int free;
    private boolean closed;

    Slots(int all) {
        this.all = all;
        this.free = all;
    }

    /** Takes all that are free, at least one and at most that many; waits for the first. 0 once it is closed. */
    int take(int most) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            while (free == 0 && !closed) {
                changed.await();
            }
            int taken = closed ? 0 : Math.min(free, most);
            free -= taken;
            return taken;
        } finally {
            lock.unlock();
        }
    }

    void giveBack(int some) {
        change(some, false);
    }

    void close() {
        change(0, true);
    }

    boolean closed() {
        lock.lock();
        try {
            return closed;
        } finally {
            lock.unlock();
        }
    }

    /** Waits that long, or until it is closed. */
    void pause(Duration longest) throws InterruptedException {
        await(() -> closed, longest);
    }

    /** Waits until all are free; false when the time has passed before. */
    boolean awaitAll(Duration longest) throws InterruptedException {
        return await(() -> free == all, longest);
    }

    private void change(int freed, boolean close) {
        lock.lock();
        try {
            free += freed;
            closed |= close;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private boolean await(BooleanSupplier condition, Duration longest) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            long left = longest.toNanos();
            while (!condition.getAsBoolean() && left > 0) {
                left = changed.awaitNanos(left);
            }
            return condition.getAsBoolean();
        } finally {
            lock.unlock();
        }
    }
}

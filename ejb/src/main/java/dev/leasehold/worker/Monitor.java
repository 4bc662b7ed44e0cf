package dev.leasehold.worker;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.function.IntSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** One lock, and one condition that every change under it signals. */
class Monitor {

    private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(5);

    final ReentrantLock lock = new ReentrantLock();
    final Condition changed = lock.newCondition();

    @SuppressWarnings("WaitNotInLoop") // its callers loop
    final long pause(long nanos) {
        try {
            return changed.awaitNanos(Math.max(nanos, TimeUnit.MILLISECONDS.toNanos(1)));
        } catch (InterruptedException e) {
            return 0;
        }
    }

    /** Waits until it is so, at most that long; answers whether it is. */
    final boolean until(BooleanSupplier state, long millis) {
        lock.lock();
        try {
            long left = TimeUnit.MILLISECONDS.toNanos(millis);
            while (!state.getAsBoolean() && left > 0) {
                left -= LOOK_NANOS - changed.awaitNanos(LOOK_NANOS);
            }
            return state.getAsBoolean();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        } finally {
            lock.unlock();
        }
    }

    final <T extends @Nullable Object> T under(Supplier<T> look) {
        lock.lock();
        try {
            return look.get();
        } finally {
            lock.unlock();
        }
    }

    final int locked(IntSupplier change) {
        lock.lock();
        try {
            int answer = change.getAsInt();
            changed.signalAll();
            return answer;
        } finally {
            lock.unlock();
        }
    }
}

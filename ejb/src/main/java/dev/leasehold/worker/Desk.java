package dev.leasehold.worker;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Where worker threads meet. Each puts down what it finished and waits for work; one at a time leads: it takes everything
 * finished so far and the number of threads that wait, and comes back with as many started runs.
 *
 * @param <F> something finished
 * @param <S> something started
 */
final class Desk<F, S> {

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Deque<S> started = new ArrayDeque<>();
    private final long keepNanos;
    private List<F> finished = new ArrayList<>();
    private int capacity;
    private int present;
    private int called;
    private int waiting;
    private boolean leading;
    private boolean bell;

    /** A desk at which a thread waits that long for work before it goes home. */
    Desk(long keepMillis) {
        keepNanos = TimeUnit.MILLISECONDS.toNanos(keepMillis);
    }

    /** Lets up to that many threads be here at once; 0 sends all home as soon as they have nothing in hand. */
    void open(int threads) {
        locked(() -> capacity = threads);
    }

    /** There may be work: wakes a waiting thread, and answers how many threads to call in beside it. */
    int ring() {
        return locked(() -> {
            bell = capacity > 0;
            return waiting > 0 || leading ? 0 : callIn(1);
        });
    }

    private int callIn(int wanted) {
        int more = Math.max(0, Math.min(wanted, capacity - present - called));
        called += more;
        return more;
    }

    /** A thread that was called in is here. */
    void enter() {
        locked(() -> {
            called--;
            present++;
            return 0;
        });
    }

    /** Sends a thread home if there is nothing to do, or in any case; answers whether it goes. */
    boolean leave(boolean inAnyCase) {
        return locked(() -> inAnyCase || (started.isEmpty() && !somethingToLead()) ? present-- : 0) > 0;
    }

    /** A thread that was called in will not come. */
    void excuse() {
        locked(() -> --called);
    }

    /** Puts down what was finished, if anything, and waits for the next turn; null sends the thread home. */
    @Nullable
    Turn<F, S> next(@Nullable F done) {
        lock.lock();
        try {
            if (done != null) {
                finished.add(done);
            }
            waiting++;
            Turn<F, S> turn = await();
            if (turn == null || turn.lead() == null) {
                waiting--;
            }
            if (turn == null) {
                present--;
                changed.signalAll();
            }
            return turn;
        } finally {
            lock.unlock();
        }
    }

    private @Nullable Turn<F, S> await() {
        long left = keepNanos;
        while (true) {
            S work = started.poll();
            if (work != null) {
                return new Turn<>(work, null);
            }
            if (somethingToLead()) {
                return new Turn<>(null, lead());
            }
            if (!leading && (capacity == 0 || left <= 0)) {
                return null;
            }
            left = leading ? unspent(left) : pause(left);
        }
    }

    private long unspent(long left) {
        pause(keepNanos);
        return left;
    }

    private boolean somethingToLead() {
        return !leading && (bell || !finished.isEmpty());
    }

    private Lead<F> lead() {
        leading = true;
        bell = false;
        List<F> taken = finished;
        finished = new ArrayList<>();
        return new Lead<>(taken, capacity == 0 ? 0 : waiting);
    }

    @SuppressWarnings("WaitNotInLoop") // its callers loop
    private long pause(long nanos) {
        try {
            return changed.awaitNanos(Math.max(nanos, TimeUnit.MILLISECONDS.toNanos(1)));
        } catch (InterruptedException e) {
            return 0;
        }
    }

    /** The leader is back; answers how many threads to call in, since more work seems to be there than threads. */
    int lead(Lead<F> round, List<S> work) {
        return locked(() -> {
            waiting--;
            leading = false;
            started.addAll(work);
            boolean more = round.wanted() > 0 && work.size() == round.wanted();
            bell |= more;
            return more ? callIn(capacity) : 0;
        });
    }

    /** The leader failed: after a pause what it took goes first in line, or is dropped at a closed desk: how much was. */
    int failed(Lead<F> round, long pauseMillis) {
        return locked(() -> {
            long left = TimeUnit.MILLISECONDS.toNanos(pauseMillis);
            while (left > 0 && capacity > 0) {
                left = pause(left);
            }
            List<F> again = new ArrayList<>(round.finished());
            again.addAll(finished);
            boolean closed = capacity == 0;
            finished = closed ? new ArrayList<>() : again;
            waiting--;
            leading = false;
            bell = !closed;
            return closed ? again.size() : 0;
        });
    }

    /** Waits until every thread has gone home; answers whether they have. */
    boolean emptied(long millis) {
        lock.lock();
        try {
            long left = TimeUnit.MILLISECONDS.toNanos(millis);
            while (present > 0 && left > 0) {
                left = changed.awaitNanos(left);
            }
            return present == 0;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        } finally {
            lock.unlock();
        }
    }

    private int locked(IntSupplier change) {
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

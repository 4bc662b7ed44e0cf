package dev.leasehold.worker;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Where worker threads meet. Each puts down what it finished and waits for work; who leads a round takes everything
 * finished so far and the number of threads that wait, and comes back with as many started runs. One leads at a time, at a
 * large desk two: while the database works for one, the other's results and runs are on their way.
 *
 * @param <F> something finished
 * @param <S> something started
 */
final class Desk<F, S> extends Monitor {

    /** So many results or free threads are worth a round beside another. */
    static final int LARGE = 32;

    /** The capacity of a desk at which what cannot be stored is dropped. */
    static final int NO_MORE = -1;

    private final Deque<S> started = new ArrayDeque<>();
    private final Line line = new Line(lock);
    private final long keepNanos;
    private final Results<F> finished = new Results<>();
    private final Seats seats = new Seats();
    private int leading;
    private int pausing;
    private boolean bell;
    private boolean claiming = true;

    /** A desk at which a thread waits that long for work before it goes home. */
    Desk(long keepMillis) {
        keepNanos = TimeUnit.MILLISECONDS.toNanos(keepMillis);
    }

    /** Lets so many threads be here at once; with 0 all go home when nothing is left, with {@link #NO_MORE} leave what is. */
    void open(int threads) {
        locked(() -> {
            seats.capacity = threads;
            line.call(true);
            return threads;
        });
    }

    /** Whether those who lead claim work; otherwise they only store what was finished. */
    void claim(boolean on) {
        locked(() -> {
            claiming = on;
            bell &= on;
            return 0;
        });
    }

    /** How many threads are here. */
    Threads threads() {
        return under(seats::threads);
    }

    /** There may be work, or somebody else has finished this: answers how many threads to call in. */
    int ring(@Nullable F done) {
        return locked(() -> {
            finished.add(done);
            bell = claiming && seats.capacity > 0;
            summon();
            return seats.waiting > 0 || leading > 0 ? 0 : seats.callIn(1);
        });
    }

    /** A thread that was called in is here. */
    void enter() {
        locked(seats::enter);
    }

    /** Sends a thread home if there is nothing to do, or in any case; answers whether it goes. */
    boolean leave(boolean inAnyCase) {
        return locked(() -> inAnyCase || (started.isEmpty() && !somethingToLead()) ? seats.present-- : 0) > 0;
    }

    /** A thread does not come back from what it has in hand. */
    void writeOff() {
        locked(() -> --seats.present);
    }

    /** A thread that was called in will not come. */
    void excuse() {
        locked(() -> --seats.called);
    }

    /** Puts down what was finished, if anything, and waits for the next turn; null sends the thread home. */
    @Nullable
    Turn<F, S> next(@Nullable F done) {
        return this.<@Nullable Turn<F, S>>under(() -> {
            finished.add(done);
            seats.waiting++;
            Turn<F, S> turn = await();
            seats.waiting -= turn == null || turn.lead() == null ? 1 : 0;
            seats.present -= turn == null ? 1 : 0;
            summon();
            changed.signalAll();
            return turn;
        });
    }

    private @Nullable Turn<F, S> await() {
        long left = keepNanos;
        Turn<F, S> turn = turn();
        while (turn == null && (leading > 0 || (seats.capacity > 0 && left > 0))) {
            boolean led = leading > 0;
            long rest = line.await(led ? keepNanos : left);
            left = led ? left : rest;
            turn = turn();
        }
        return turn;
    }

    /** More runs are fetched before those that are here are begun, where threads are left for them. */
    private @Nullable Turn<F, S> turn() {
        boolean fetch = bell && leading == 0 && seats.free(started.size()) > 0;
        S work = fetch && pausing == 0 ? null : started.poll();
        if (work != null) {
            return new Turn<>(work, null);
        }
        return somethingToLead() ? new Turn<>(null, lead()) : null;
    }

    private void summon() {
        line.call(started.size() + (somethingToLead() ? 1 : 0));
    }

    private boolean somethingToLead() {
        boolean first = leading == 0 && (bell || !finished.isEmpty());
        boolean second = leading == 1 && seats.capacity >= 2 * LARGE && finished.size() >= LARGE;
        return pausing == 0 && (first || second);
    }

    private Lead<F> lead() {
        leading++;
        bell = false;
        return new Lead<>(finished.take(), claiming ? seats.promise(started.size()) : 0);
    }

    /** The leader is back; answers how many threads to call in, since more work seems to be there than threads. */
    int lead(Lead<F> round, List<S> work) {
        return locked(() -> {
            ended(round);
            started.addAll(work);
            boolean more = round.wanted() > 0 && work.size() == round.wanted();
            bell |= more && claiming;
            summon();
            return more ? seats.callIn(seats.capacity) : 0;
        });
    }

    private void ended(Lead<F> round) {
        seats.waiting--;
        seats.promised -= round.wanted();
        leading--;
        line.call(seats.capacity <= 0);
    }

    /** The leader failed: after a pause what it took goes first in line, or is dropped where there is no more: how much was. */
    int failed(Lead<F> round, long pauseMillis) {
        return locked(() -> {
            pausing++;
            long left = TimeUnit.MILLISECONDS.toNanos(pauseMillis);
            while (left > 0 && seats.capacity > NO_MORE) {
                left = pause(left);
            }
            pausing--;
            finished.putBack(round.finished());
            int dropped = seats.capacity == NO_MORE ? finished.take().size() : 0;
            bell = seats.capacity > 0 && claiming;
            ended(round);
            summon();
            return dropped;
        });
    }

    /** Waits until nothing lies here and only parked threads are not waiting; answers whether so. */
    boolean settled(IntSupplier parked, long millis) {
        return until(() -> !busy(parked.getAsInt()), millis);
    }

    private boolean busy(int parked) {
        boolean coming = leading > 0 || (bell && seats.waiting > 0) || seats.expected(parked);
        return coming || !finished.isEmpty() || !started.isEmpty();
    }

    /** Waits until every thread has gone home; answers whether they have. */
    boolean emptied(long millis) {
        return until(() -> seats.present == 0, millis);
    }
}

package dev.leasehold.task;

import dev.leasehold.time.Stopwatch;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What many threads ask for at the same time, done together, one group after another. Nobody waits for others to come: who
 * finds nothing under way begins at once, alone; whoever comes meanwhile makes up the next group, which the first of them
 * does for all, on its own thread. Whoever loses patience before being called goes alone.
 *
 * @param <T> what is asked for
 * @param <R> what comes of it
 */
final class GroupCommit<T, R> {

    private static final long LOOK_NANOS = Duration.ofMillis(50).toNanos();

    private enum Turn {
        WAITS,
        LEADS,
        IS_OVER
    }

    private static final class Member<T, R> {
        private final T item;
        private final Thread thread = Thread.currentThread();
        private volatile Turn turn = Turn.WAITS;
        private @Nullable R result;

        Member(T item) {
            this.item = item;
        }

        void call(Turn now) {
            turn = now;
            LockSupport.unpark(thread);
        }
    }

    private final int most;
    private final Supplier<Stopwatch> patience;
    private final R unknown;
    private final Function<List<T>, @Nullable List<R>> together;
    private final Deque<Member<T, R>> waiting = new ArrayDeque<>();
    private boolean underWay;

    /**
     * A meeting place.
     *
     * @param most how many make up a group at most
     * @param patience how long to wait to be called
     * @param unknown what each of several gets, but for their leader, when doing them was ended by an exception
     * @param together does some, and answers a result for each, in order; or null when none of several was done, and each is
     *     to be done alone
     */
    GroupCommit(int most, Supplier<Stopwatch> patience, R unknown, Function<List<T>, @Nullable List<R>> together) {
        this.most = most;
        this.patience = patience;
        this.unknown = unknown;
        this.together = together;
    }

    /** Does it, alone or with others. */
    R call(T item) {
        Member<T, R> member = new Member<>(item);
        if (enter(member) == Turn.LEADS) {
            lead(member);
        }
        return member.result == null
                ? Objects.requireNonNull(together.apply(List.of(item))).get(0)
                : member.result;
    }

    private Turn enter(Member<T, R> member) {
        synchronized (waiting) {
            if (!underWay) {
                underWay = true;
                return Turn.LEADS;
            }
            waiting.add(member);
        }
        return called(member);
    }

    private Turn called(Member<T, R> member) {
        Stopwatch waits = patience.get();
        boolean interrupted = false;
        while (member.turn == Turn.WAITS && !(waits.isOver() && withdrawn(member))) {
            LockSupport.parkNanos(this, LOOK_NANOS);
            interrupted |= Thread.interrupted();
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        return member.turn;
    }

    private boolean withdrawn(Member<T, R> member) {
        synchronized (waiting) {
            return waiting.remove(member);
        }
    }

    private void lead(Member<T, R> leader) {
        try {
            answer(gather(leader));
        } finally {
            passOn();
        }
    }

    /** Nobody is taken out of the line before there is room for all. */
    private List<Member<T, R>> gather(Member<T, R> leader) {
        List<Member<T, R>> group = new ArrayList<>(most);
        group.add(leader);
        synchronized (waiting) {
            while (group.size() < most && !waiting.isEmpty()) {
                group.add(waiting.remove());
            }
        }
        return group;
    }

    /** Tells the members before the lead is passed on, so that those who come back at once can be in the next group. */
    private void answer(List<Member<T, R>> group) {
        List<R> results = null;
        boolean ended = false;
        try {
            results = together.apply(group.stream().map(one -> one.item).toList());
            ended = true;
        } finally {
            for (int i = 0; i < group.size(); i++) {
                R result = results == null ? null : results.get(i);
                group.get(i).result = ended ? result : unknown;
                group.get(i).call(Turn.IS_OVER);
            }
        }
    }

    private void passOn() {
        Member<T, R> next;
        synchronized (waiting) {
            next = waiting.poll();
            underWay = next != null;
        }
        if (next != null) {
            next.call(Turn.LEADS);
        }
    }
}

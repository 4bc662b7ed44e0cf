package dev.leasehold.http;

import dev.leasehold.lease.ClaimRuns;
import dev.leasehold.sql.Claimed;
import dev.leasehold.tenant.Caller;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * A worker that asks for runs over HTTP, and may wait for them. It is taken before anything is claimed for it, and
 * answered once: what happens first counts.
 */
final class Waiter {

    private static final System.Logger LOG = System.getLogger(Waiter.class.getName());

    private enum State {
        WAITING,
        TAKEN,
        OVERDUE,
        OVER
    }

    /** What it asks for, whoever it is: where one got nothing, another of the same shape gets nothing either. */
    record Shape(
            UUID tenant,
            @Nullable List<String> types,
            @Nullable List<String> queues,
            List<String> capabilities) {

        /** In whatever order, and however often, a worker names what it takes. */
        static Shape of(UUID tenant, ClaimRuns.Filter filter) {
            return new Shape(
                    tenant,
                    filter.types() == null ? null : sorted(filter.types()),
                    filter.queues() == null ? null : sorted(filter.queues()),
                    sorted(filter.capabilities()));
        }

        private static List<String> sorted(List<String> names) {
            return names.stream().sorted().distinct().toList();
        }
    }

    private final Caller caller;
    private final LeaseRequest request;
    private final BooleanSupplier gone;
    private final AtomicReference<@Nullable Predicate<Object>> answer;
    private final AtomicReference<State> state = new AtomicReference<>(State.WAITING);
    private final AtomicReference<@Nullable Future<?>> end = new AtomicReference<>();
    private boolean tried;

    /**
     * Somebody who asks.
     *
     * @param answer takes an entity or a failure, and says whether it could still be given
     * @param gone whether nobody waits for an answer any more
     */
    Waiter(Caller caller, LeaseRequest request, Predicate<Object> answer, BooleanSupplier gone) {
        this.caller = caller;
        this.request = request;
        this.answer = new AtomicReference<>(answer);
        this.gone = gone;
    }

    Caller caller() {
        return caller;
    }

    LeaseRequest request() {
        return request;
    }

    Shape shape() {
        return Shape.of(caller.tenant(), request.claim().filter());
    }

    /** Whether this is the first try since it began to wait; only one thread tries. */
    boolean isFirstTry() {
        boolean first = !tried;
        tried = true;
        return first;
    }

    /** Whether it still waits; then it is the caller's to serve. */
    boolean take() {
        return !gone.getAsBoolean() && state.compareAndSet(State.WAITING, State.TAKEN);
    }

    /** Lets it wait on. False when its time ran out meanwhile: then it is to be answered. */
    boolean putBack() {
        return state.getAndUpdate(now -> now == State.TAKEN ? State.WAITING : State.OVER) == State.TAKEN;
    }

    /** Its time is over. True when it is to be answered now, false when somebody else sees to it. */
    boolean dismiss() {
        return state.getAndUpdate(Waiter::afterDismissal) == State.WAITING;
    }

    private static State afterDismissal(State now) {
        return switch (now) {
            case WAITING -> State.OVER;
            case TAKEN -> State.OVERDUE;
            case OVERDUE, OVER -> now;
        };
    }

    boolean isGone() {
        return gone.getAsBoolean();
    }

    /** What will dismiss it. */
    void endsWith(Future<?> dismissal) {
        end.set(dismissal);
    }

    /**
     * Answers it, if nobody has; false when it could not be reached any more. Forgets all that it held, unless the server
     * fails to take the answer: then it may be given another.
     */
    boolean answer(Object entityOrFailure) {
        state.set(State.OVER);
        Future<?> dismissal = end.getAndSet(null);
        if (dismissal != null) {
            dismissal.cancel(false);
        }
        Predicate<Object> last = answer.getAndSet(null);
        try {
            return last != null && last.test(entityOrFailure);
        } catch (Throwable e) {
            answer.set(last);
            throw e;
        }
    }

    /** Tells it what it was granted; false when it does not get to know. */
    boolean tell(List<Claimed> runs) {
        try {
            return answer(Json.write(LeaseView.Granted.of(runs)));
        } catch (Throwable e) {
            LOG.log(Level.ERROR, "a worker could not be told of its leases", e);
            fail(e);
            return false;
        }
    }

    /** Answers it with a failure, as far as that is possible. */
    void fail(Throwable failure) {
        try {
            answer(failure);
        } catch (Throwable e) {
            LOG.log(Level.WARNING, "a waiting worker cannot be answered", e);
        }
    }
}

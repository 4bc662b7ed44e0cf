package dev.leasehold.request;

import dev.leasehold.api.Attempt;
import dev.leasehold.api.Cancellation;
import dev.leasehold.api.Outcome;
import dev.leasehold.time.Stopwatch;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** How long an attempt waits: for its order's timeout, not beyond its own deadline, and not when it should stop. */
final class Patience {

    private static final long SLICE_MILLIS = 100;

    private final Duration limit;
    private final boolean deadlineFirst;
    private final Stopwatch stopwatch;
    private final Cancellation cancellation;

    /** Waits from now on, so long for everything together. */
    Patience(Duration timeout, Attempt attempt, Instant now) {
        Instant deadline = attempt.deadline();
        deadlineFirst = deadline != null && deadline.isBefore(now.plus(timeout));
        limit = deadline != null && deadlineFirst ? Duration.between(now, deadline) : timeout;
        stopwatch = new Stopwatch(limit);
        cancellation = attempt.cancellation();
    }

    /**
     * Waits for an answer.
     *
     * @return null when the patience ended; what was waited for is canceled then
     */
    <T> @Nullable T await(CompletableFuture<T> answer) throws ExecutionException, InterruptedException {
        try {
            while (!over()) {
                T found = slice(answer);
                if (found != null) {
                    return found;
                }
            }
            return null;
        } finally {
            answer.cancel(true);
        }
    }

    private static <T> @Nullable T slice(CompletableFuture<T> answer) throws ExecutionException, InterruptedException {
        try {
            return answer.get(SLICE_MILLIS, TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            return null;
        }
    }

    boolean over() {
        return stopwatch.isOver() || cancellation.requested();
    }

    /** What the attempt comes to when the patience has ended. */
    Outcome outcome(String asked) {
        if (!stopwatch.isOver()) {
            return Outcome.retry("canceled");
        }
        return deadlineFirst
                ? Outcome.timeout(asked + " gave no complete answer before the attempt's deadline")
                : Outcome.retry(asked + " gave no complete answer within " + limit.toMillis() / 1000.0 + " s");
    }
}

package dev.leasehold.http;

import dev.leasehold.run.RunKey;
import dev.leasehold.tenant.Caller;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Somebody who asks for a run, and may wait until it has ended. It is answered once. */
final class RunReader {

    private final Caller caller;
    private final UUID run;
    private final Duration patience;
    private final BooleanSupplier gone;
    private final AtomicReference<@Nullable Consumer<Object>> answer;
    private final AtomicReference<@Nullable Future<?>> end = new AtomicReference<>();

    /**
     * Somebody who asks.
     *
     * @param patience how long it waits; zero to be answered at once
     * @param answer takes the answer's bytes or a failure
     * @param gone whether nobody waits for an answer any more
     */
    RunReader(Caller caller, UUID run, Duration patience, Consumer<Object> answer, BooleanSupplier gone) {
        this.caller = caller;
        this.run = run;
        this.patience = patience;
        this.answer = new AtomicReference<>(answer);
        this.gone = gone;
    }

    Caller caller() {
        return caller;
    }

    UUID run() {
        return run;
    }

    RunKey key() {
        return new RunKey(caller.tenant(), run);
    }

    Duration patience() {
        return patience;
    }

    boolean isGone() {
        return gone.getAsBoolean();
    }

    /** What will answer it when its time is over. */
    void endsWith(Future<?> dismissal) {
        end.set(dismissal);
    }

    /** Answers it, if nobody has, and forgets all that it held. */
    void answer(Object bytesOrFailure) {
        Future<?> dismissal = end.getAndSet(null);
        if (dismissal != null) {
            dismissal.cancel(false);
        }
        Consumer<Object> last = answer.getAndSet(null);
        if (last != null) {
            last.accept(bytesOrFailure);
        }
    }
}

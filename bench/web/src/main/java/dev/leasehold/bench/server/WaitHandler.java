package dev.leasehold.bench.server;

import dev.leasehold.api.Attempt;
import dev.leasehold.api.Handler;
import dev.leasehold.api.Handles;
import dev.leasehold.api.Outcome;
import dev.leasehold.api.Payload;
import jakarta.inject.Inject;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Type {@code wait}: waits until it is told to stop, and notes when it saw that. */
@Handles("wait")
public class WaitHandler implements Handler<Payload> {

    private static final long ASKS_EVERY = TimeUnit.MILLISECONDS.toNanos(10);

    @Inject
    Instants instants;

    @Override
    public Outcome run(Payload payload, Attempt attempt) {
        instants.begun(attempt.taskId());
        while (!attempt.cancellation().requested()) {
            LockSupport.parkNanos(ASKS_EVERY);
        }
        instants.stopped(attempt.taskId());
        return Outcome.success();
    }
}

package dev.leasehold.bench.server;

import dev.leasehold.api.Attempt;
import dev.leasehold.api.Handler;
import dev.leasehold.api.Handles;
import dev.leasehold.api.Outcome;
import dev.leasehold.api.Payload;
import jakarta.inject.Inject;

/** Type {@code noop}: notes that it was called. */
@Handles("noop")
public class NoopHandler implements Handler<Payload> {

    @Inject
    Instants instants;

    @Override
    public Outcome run(Payload payload, Attempt attempt) {
        instants.begun(attempt.taskId());
        return Outcome.success();
    }
}

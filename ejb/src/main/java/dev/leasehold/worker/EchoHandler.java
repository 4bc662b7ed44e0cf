package dev.leasehold.worker;

import dev.leasehold.api.Attempt;
import dev.leasehold.api.Handler;
import dev.leasehold.api.Handles;
import dev.leasehold.api.Outcome;
import dev.leasehold.api.Payload;

/** Type {@code echo}: succeeds at once and leaves its payload as output. For first steps and for probing a node. */
@Handles("echo")
public class EchoHandler implements Handler<Payload> {

    @Override
    public Outcome run(Payload payload, Attempt attempt) {
        return Outcome.success(payload);
    }
}

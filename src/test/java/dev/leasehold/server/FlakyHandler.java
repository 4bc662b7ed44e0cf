package dev.leasehold.server;

import dev.leasehold.api.Attempt;
import dev.leasehold.api.Handler;
import dev.leasehold.api.Handles;
import dev.leasehold.api.Outcome;

/** Throws on its first attempt and succeeds on the second. */
@Handles("test.flaky")
public class FlakyHandler implements Handler<String> {

    @Override
    public Outcome run(String payload, Attempt attempt) {
        if (attempt.number() == 1) {
            throw new IllegalStateException("not yet: " + payload);
        }
        return Outcome.success();
    }
}

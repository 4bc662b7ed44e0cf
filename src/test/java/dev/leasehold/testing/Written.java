package dev.leasehold.testing;

import dev.leasehold.api.Attempt;
import dev.leasehold.api.Handler;
import dev.leasehold.api.HandlerTransaction;
import dev.leasehold.api.Handles;
import dev.leasehold.api.Outcome;
import java.io.IOException;

/** A handler that a test writes as a lambda, of either kind. */
abstract class Written implements Handler<String> {

    /** What it does. */
    @FunctionalInterface
    interface Body {
        Outcome run(String payload, Attempt attempt) throws Exception;
    }

    private final Body body;

    Written(Body body) {
        this.body = body;
    }

    @Override
    public Outcome run(String payload, Attempt attempt) throws Exception {
        return body.run(payload, attempt);
    }

    @Handles(value = "alone", terminal = IOException.class)
    static final class Alone extends Written {
        Alone(Body body) {
            super(body);
        }
    }

    @Handles(value = "together", transaction = HandlerTransaction.WITH_COMPLETION)
    static final class Together extends Written {
        Together(Body body) {
            super(body);
        }
    }
}

package dev.leasehold.server;

import dev.leasehold.api.Attempt;
import dev.leasehold.api.Handler;
import dev.leasehold.api.Handles;
import dev.leasehold.api.Outcome;
import dev.leasehold.api.Payload;
import jakarta.inject.Inject;
import jakarta.transaction.UserTransaction;

/** Returns without ending the transaction it began, or with more output than may be. */
@Handles("test.careless")
public class CarelessHandler implements Handler<String> {

    @Inject
    UserTransaction transaction;

    @Override
    public Outcome run(String payload, Attempt attempt) throws Exception {
        if (payload.equals("large")) {
            return Outcome.success(Payload.bytes(new byte[(1 << 20) + 1]));
        }
        transaction.begin();
        return Outcome.success();
    }
}

package dev.leasehold.server;

import dev.leasehold.api.Attempt;
import dev.leasehold.api.Handler;
import dev.leasehold.api.Handles;
import dev.leasehold.api.Outcome;
import jakarta.inject.Inject;
import jakarta.transaction.UserTransaction;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** A transfer that is committed before its run is completed: whoever dies between them has it done twice. */
@Handles("transfer.separate")
public class SeparateTransfer implements Handler<String> {

    @Inject
    Bank bank;

    @Inject
    UserTransaction transaction;

    @Override
    public Outcome run(String payload, Attempt attempt) throws Exception {
        transaction.begin();
        bank.transfer("separate", attempt.runId(), attempt.fence());
        transaction.commit();
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(30));
        return Outcome.success();
    }
}

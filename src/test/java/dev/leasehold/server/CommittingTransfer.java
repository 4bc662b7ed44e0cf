package dev.leasehold.server;

import dev.leasehold.api.Attempt;
import dev.leasehold.api.Handler;
import dev.leasehold.api.HandlerTransaction;
import dev.leasehold.api.Handles;
import dev.leasehold.api.NewTask;
import dev.leasehold.api.Outcome;
import dev.leasehold.api.TaskQueue;
import jakarta.inject.Inject;
import jakarta.transaction.SystemException;
import jakarta.transaction.UserTransaction;
import java.util.NoSuchElementException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** A transfer that is committed with its run's completion. The payload says what goes wrong in the first attempt. */
@Handles(
        value = "transfer.committing",
        transaction = HandlerTransaction.WITH_COMPLETION,
        terminal = NoSuchElementException.class)
public class CommittingTransfer implements Handler<String> {

    @Inject
    Bank bank;

    @Inject
    TaskQueue queue;

    @Inject
    UserTransaction transaction;

    @Override
    public Outcome run(String payload, Attempt attempt) throws Exception {
        bank.transfer("committing", attempt.runId(), attempt.fence());
        queue.submit(NewTask.of("echo").queue("receipts"));
        return attempt.number() > 1 ? Outcome.success() : first(payload, attempt);
    }

    private Outcome first(String payload, Attempt attempt) throws SystemException {
        switch (payload) {
            case "throw" -> throw new IllegalStateException("not yet");
            case "terminal" -> throw new NoSuchElementException("no such account");
            case "mark" -> transaction.setRollbackOnly();
            case "overtime" -> untilAskedToStop(attempt);
            default -> LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(5));
        }
        return Outcome.success();
    }

    private static void untilAskedToStop(Attempt attempt) {
        while (!attempt.cancelRequested()) {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(2));
        }
    }
}

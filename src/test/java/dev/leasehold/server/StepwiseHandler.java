package dev.leasehold.server;

import dev.leasehold.api.Attempt;
import dev.leasehold.api.Handler;
import dev.leasehold.api.Handles;
import dev.leasehold.api.NewTask;
import dev.leasehold.api.Outcome;
import dev.leasehold.api.Payload;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Says that it is half done, and goes on when it may. */
@Handles("stepwise")
public class StepwiseHandler implements Handler<Payload> {

    static final CountDownLatch GO_ON = new CountDownLatch(1);

    @Override
    public Outcome run(Payload payload, Attempt attempt) throws InterruptedException {
        attempt.submit(NewTask.of("echo").queue("receipts"));
        attempt.progress(50, "half of it");
        return GO_ON.await(1, TimeUnit.MINUTES) ? Outcome.success() : Outcome.fail("nobody let it go on");
    }
}

package dev.leasehold.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class WorkerEndTest {

    private final Foreman foreman = new Foreman();
    private final CountDownLatch gate = new CountDownLatch(1);

    @AfterEach
    void end() {
        gate.countDown();
        foreman.close();
    }

    /** A program that ends is killed once its shutdown hook returns, whoever else was closing the worker. */
    @Test
    void whoeverClosesItWaitsUntilItHasEnded() {
        CountDownLatch begun = new CountDownLatch(1);
        UUID run = foreman.offer("t");
        Worker worker = Worker.builder(LeaseholdClient.of(foreman.base()))
                .poll(Duration.ofSeconds(1))
                .handle("t", work -> {
                    begun.countDown();
                    gate.await();
                    return Outcome.success();
                })
                .start();
        await().atMost(Duration.ofSeconds(20)).until(() -> begun.getCount() == 0);
        CompletableFuture<Void> first = CompletableFuture.runAsync(worker::close);
        CompletableFuture<Void> second = CompletableFuture.runAsync(worker::close);
        await().pollDelay(Duration.ofMillis(500)).until(() -> true);
        assertThat(first).isNotDone();
        assertThat(second).isNotDone();
        gate.countDown();
        assertThat(CompletableFuture.allOf(first, second)).succeedsWithin(Duration.ofSeconds(20));
        assertThat(foreman.reports(run)).hasSize(1);
    }
}

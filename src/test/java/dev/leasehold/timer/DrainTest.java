package dev.leasehold.timer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.leasehold.api.Attempt;
import dev.leasehold.api.Outcome;
import dev.leasehold.run.RunState;
import dev.leasehold.worker.WorkingNode;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A node that is taken down finishes what it has, takes nothing more, and tells to stop what takes too long. */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class DrainTest {

    private final AtomicInteger beats = new AtomicInteger();
    private WorkingNode node;

    private Outcome hang(Attempt attempt) {
        node.hang();
        return Outcome.success();
    }

    private static Outcome obey(Attempt attempt) {
        await().atMost(Duration.ofSeconds(30)).until(attempt::cancelRequested);
        return Outcome.retry("told to stop");
    }

    private Drain drain() {
        node.queue.put(Duties.class, new Duties() {
            @Override
            void run(Duty duty) {
                assertThat(duty).isEqualTo(Duty.HEARTBEAT);
                beats.incrementAndGet();
            }
        });
        return node.queue.get(Drain.class);
    }

    @Test
    void itWaitsForHandlersKeepsTheirLeasesAndTakesNothingMore() {
        node = new WorkingNode(Map.of("leasehold.heartbeat-secs", "1"), this::hang);
        try (WorkingNode working = node) {
            UUID held = working.run("held");
            working.await(held, RunState.RUNNING);
            Drain drain = drain();
            CompletableFuture<Void> end = CompletableFuture.runAsync(drain::run);
            await().atMost(Duration.ofSeconds(30)).until(() -> beats.get() > 0);
            UUID next = working.run("next");
            assertThat(end).isNotDone();

            working.letGo();

            assertThat(end).succeedsWithin(Duration.ofSeconds(30));
            assertThat(working.queue.row(held).state()).isEqualTo(RunState.COMPLETED);
            assertThat(working.queue.row(next).state()).isEqualTo(RunState.READY);
        }
    }

    @Test
    void whoTakesTooLongIsToldToStop() {
        node = new WorkingNode(Map.of("leasehold.drain-secs", "0"), DrainTest::obey);
        try (WorkingNode working = node) {
            UUID run = working.run("obeys");
            working.await(run, RunState.RUNNING);

            Drain drain = drain();
            drain.run();

            assertThat(drain.stuck()).isFalse();
            assertThat(working.queue.row(run).state()).isEqualTo(RunState.RETRY_WAIT);
        }
    }

    @Test
    void itIsDoneOnce() {
        node = new WorkingNode(Map.of("leasehold.drain-secs", "0"), this::hang);
        try (WorkingNode working = node) {
            UUID run = working.run("does not stop");
            working.await(run, RunState.RUNNING);
            Drain drain = drain();
            drain.run();

            CompletableFuture<Void> again = CompletableFuture.runAsync(drain::run);
            assertThat(again).succeedsWithin(Duration.ofSeconds(2));
            assertThat(drain.stuck()).isTrue();
            assertThat(working.queue.row(run).state()).isEqualTo(RunState.RUNNING);
        }
    }
}

package dev.leasehold.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.leasehold.api.Attempt;
import dev.leasehold.api.Outcome;
import dev.leasehold.run.Order;
import dev.leasehold.run.RunState;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A handler that was told to stop and does not costs its thread, and the thread's place only for the grace of timeouts. */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class HungHandlerTest {

    private static final Map<String, String> ONE_THREAD =
            Map.of("leasehold.worker-threads", "1", "leasehold.timeout-grace-secs", "0");

    private final AtomicInteger interrupts = new AtomicInteger();
    private WorkingNode node;

    private Outcome work(Attempt attempt) throws InterruptedException {
        if ("hangs".equals(attempt.description())) {
            node.hang();
        } else if ("sleeps".equals(attempt.description())) {
            try {
                Thread.sleep(Duration.ofMinutes(1).toMillis());
            } catch (InterruptedException e) {
                interrupts.incrementAndGet();
                throw e;
            }
        }
        return Outcome.success();
    }

    @Test
    void anotherThreadTakesItsPlace() {
        node = new WorkingNode(ONE_THREAD, this::work);
        try (WorkingNode working = node) {
            UUID hung = working.run("hangs");
            working.await(hung, RunState.RUNNING);
            UUID next = working.run("is quick");
            working.dispatcher().giveUp();
            assertThat(working.queue.row(next).state()).isEqualTo(RunState.READY);

            working.queue.cancel(Order.of(hung));
            working.dispatcher().giveUp();

            working.await(next, RunState.COMPLETED);
            assertThat(working.queue.row(hung).state()).isEqualTo(RunState.CANCELED);
            assertThat(working.queue.get(InHand.class).count()).isEqualTo(1);

            working.letGo();
            await().atMost(Duration.ofSeconds(30))
                    .until(() -> working.queue.get(InHand.class).count() == 0);
            UUID last = working.run("is quick");
            working.await(last, RunState.COMPLETED);
            assertThat(working.dispatcher().threads().busy()).isZero();
        }
    }

    @Test
    void aHandlerThatCanBeInterruptedIs() {
        node = new WorkingNode(ONE_THREAD, this::work);
        try (WorkingNode working = node) {
            UUID asleep = working.run("sleeps");
            working.await(asleep, RunState.RUNNING);
            working.queue.cancel(Order.of(asleep));
            working.dispatcher().giveUp();
            working.dispatcher().giveUp();

            await().atMost(Duration.ofSeconds(30)).until(() -> interrupts.get() == 1);
            UUID next = working.run("is quick");
            working.await(next, RunState.COMPLETED);
        }
    }
}

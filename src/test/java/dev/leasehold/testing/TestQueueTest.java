package dev.leasehold.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.leasehold.api.Attempt;
import dev.leasehold.api.Handler;
import dev.leasehold.api.Handles;
import dev.leasehold.api.NewTask;
import dev.leasehold.api.Outcome;
import dev.leasehold.api.Payload;
import dev.leasehold.api.Repeat;
import dev.leasehold.fault.Fault;
import dev.leasehold.run.RunState;
import java.io.FileNotFoundException;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class TestQueueTest {

    private static final NewTask TASK = NewTask.of("alone").retryEvery(Duration.ofSeconds(5));

    private record Order(String item, int count) {}

    @Handles("order")
    private static final class OrderHandler implements Handler<Order> {
        private final List<Order> seen = new ArrayList<>();

        @Override
        public Outcome run(Order order, Attempt attempt) {
            seen.add(order);
            return Outcome.success(Payload.text(order.item() + " x " + order.count()));
        }
    }

    @Test
    void aDueRunIsAttemptedWithThePayloadsTypeAndLeavesItsOutput() {
        OrderHandler handler = new OrderHandler();
        try (TestQueue queue = TestQueue.with(handler)) {
            UUID task = queue.submit(NewTask.of("order").payload(Payload.json("{\"item\": \"pen\", \"count\": 3}")));
            assertThat(queue.runAll()).isEqualTo(1);

            assertThat(handler.seen).containsExactly(new Order("pen", 3));
            assertThat(queue.runs(task)).singleElement().satisfies(run -> {
                assertThat(run.state()).isEqualTo(RunState.COMPLETED);
                assertThat(run.type()).isEqualTo("order");
                assertThat(run.nextAttemptAt()).isNull();
                assertThat(run.scheduledAt()).isEqualTo(TestClock.START);
                assertThat(run.history())
                        .containsExactly(
                                ">Scheduled", "Scheduled>Ready", "Ready>Leased", "Leased>Running", "Running>Completed");
                assertThat(run.attempts()).singleElement().satisfies(attempt -> {
                    assertThat(attempt.result()).isEqualTo("Success");
                    assertThat(attempt.output()).isEqualTo(Payload.text("pen x 3"));
                    assertThat(attempt.startedAt()).isEqualTo(TestClock.START);
                });
            });
        }
    }

    @Test
    void aPayloadOfAnotherShapeFailsTheRunForGood() {
        try (TestQueue queue = TestQueue.with(new OrderHandler())) {
            UUID task = queue.submit(NewTask.of("order").payload(Payload.json("{\"item\": {}}")));
            queue.runAll();

            assertThat(only(queue, task).state()).isEqualTo(RunState.FAILED);
            assertThat(last(queue, task).error()).contains("cannot be read as");
        }
    }

    @Test
    void aFailedRunWaitsForTheClock() {
        try (TestQueue queue = TestQueue.with(
                alone((payload, attempt) -> attempt.number() < 3 ? Outcome.retry("not yet") : Outcome.success()))) {
            UUID task = queue.submit(TASK);
            assertThat(queue.runAll()).isEqualTo(1);
            assertThat(only(queue, task).state()).isEqualTo(RunState.RETRY_WAIT);
            assertThat(only(queue, task).nextAttemptAt()).isEqualTo(TestClock.START.plusSeconds(5));

            queue.clock().advance(Duration.ofMillis(4999));
            assertThat(queue.runAll()).isZero();
            queue.clock().advance(Duration.ofMillis(1));
            assertThat(queue.runAll()).isEqualTo(1);
            queue.clock().set(TestClock.START.plusSeconds(10));
            queue.runAll();

            assertThat(only(queue, task).state()).isEqualTo(RunState.COMPLETED);
            assertThat(only(queue, task).attempts())
                    .extracting(AttemptView::result)
                    .containsExactly("Failure", "Failure", "Success");
        }
    }

    @Test
    void attemptsRunOut() {
        try (TestQueue queue = TestQueue.with(alone((payload, attempt) -> {
            throw new IllegalStateException("oops");
        }))) {
            UUID task = queue.submit(TASK.maxAttempts(2).retryEvery(Duration.ZERO));
            assertThat(queue.runAll()).isEqualTo(2);

            assertThat(only(queue, task).state()).isEqualTo(RunState.FAILED);
            assertThat(last(queue, task).error()).isEqualTo("java.lang.IllegalStateException: oops");
        }
    }

    @Test
    void aTerminalExceptionFailsAtOnce() {
        try (TestQueue queue = TestQueue.with(alone((payload, attempt) -> {
            throw new FileNotFoundException("gone");
        }))) {
            UUID task = queue.submit(TASK);
            queue.runAll();

            assertThat(only(queue, task).state()).isEqualTo(RunState.FAILED);
        }
    }

    @Test
    void nothingIsAFailure() {
        try (TestQueue queue = TestQueue.with(alone((payload, attempt) -> null))) {
            UUID task = queue.submit(TASK);
            queue.runAll();

            assertThat(last(queue, task).error()).isEqualTo("the handler returned null");
        }
    }

    @Test
    void whatTakesTooLongByTheClockIsATimeout() {
        TestQueue queue = TestQueue.with();
        try (queue) {
            queue.add(alone((payload, attempt) -> {
                queue.clock().advance(Duration.ofMinutes(11));
                return attempt.cancelRequested() ? Outcome.success() : Outcome.fail("it was not told");
            }));
            UUID task = queue.submit(TASK.timeout(Duration.ofMinutes(10)));
            queue.runAll();

            assertThat(last(queue, task).result()).isEqualTo("Timeout");
            assertThat(last(queue, task).error()).isEqualTo("attempt timed out after 600s");
        }
    }

    @Test
    void aSnoozedRunResumesAndItsAttemptDoesNotCount() {
        try (TestQueue queue = TestQueue.with(alone((payload, attempt) ->
                attempt.number() == 1 ? Outcome.snooze(Duration.ofHours(1)) : Outcome.success()))) {
            UUID task = queue.submit(TASK.maxAttempts(1));
            queue.runAll();
            assertThat(only(queue, task).state()).isEqualTo(RunState.SUSPENDED);
            queue.clock().advance(Duration.ofHours(1));
            queue.runAll();

            assertThat(only(queue, task).state()).isEqualTo(RunState.COMPLETED);
        }
    }

    @Test
    void aScheduledRunIsCanceledBeforeItBegins() {
        try (TestQueue queue = TestQueue.with(alone((payload, attempt) -> Outcome.success()))) {
            UUID task = queue.submit(TASK.scheduledAt(TestClock.START.plusSeconds(60)));
            assertThat(queue.runAll()).isZero();
            assertThat(only(queue, task).nextAttemptAt()).isEqualTo(TestClock.START.plusSeconds(60));

            assertThat(queue.cancel(only(queue, task).id())).isTrue();
            assertThat(queue.cancel(only(queue, task).id())).isFalse();
            queue.clock().advance(Duration.ofMinutes(1));
            assertThat(queue.runAll()).isZero();

            assertThat(only(queue, task).history()).endsWith("Scheduled>Canceled");
            assertThatThrownBy(() -> queue.cancel(UUID.randomUUID())).isInstanceOf(Fault.class);
            assertThatThrownBy(() -> queue.run(UUID.randomUUID())).isInstanceOf(Fault.class);
        }
    }

    @Test
    void aHandlerIsToldThatItsRunWasCanceled() {
        List<Boolean> asked = new ArrayList<>();
        TestQueue queue = TestQueue.with();
        try (queue) {
            queue.add(alone((payload, attempt) -> {
                asked.add(attempt.cancelRequested());
                queue.cancel(attempt.runId());
                asked.add(attempt.cancelRequested());
                return Outcome.success();
            }));
            UUID task = queue.submit(TASK);
            queue.runAll();

            assertThat(asked).containsExactly(false, true);
            assertThat(queue.run(only(queue, task).id()).state()).isEqualTo(RunState.CANCELED);
            assertThat(last(queue, task).result()).isNull();
        }
    }

    @Test
    void aTaskThatRepeatsHasItsRunsInTurn() {
        try (TestQueue queue = TestQueue.with(alone((payload, attempt) -> Outcome.success()))) {
            UUID task = queue.submit(TASK.repeat(new Repeat(3, Duration.ofHours(1))));
            queue.runAll();
            queue.clock().advance(Duration.ofHours(1));
            queue.runAll();

            assertThat(queue.runs(task))
                    .extracting(RunView::state)
                    .containsExactly(RunState.COMPLETED, RunState.COMPLETED, RunState.SCHEDULED);
            assertThat(queue.runs()).hasSize(3);
        }
    }

    private static Handler<?> alone(Written.Body body) {
        return new Written.Alone(body);
    }

    private static RunView only(TestQueue queue, UUID task) {
        assertThat(queue.runs(task)).hasSize(1);
        return queue.runs(task).get(0);
    }

    private static AttemptView last(TestQueue queue, UUID task) {
        List<AttemptView> attempts = only(queue, task).attempts();
        return attempts.get(attempts.size() - 1);
    }

    @Test
    void theClockTellsItsInstantInEveryZone() {
        try (TestQueue queue = TestQueue.with()) {
            Clock there = queue.clock().withZone(ZoneId.of("Europe/Berlin"));
            queue.clock().advance(Duration.ofHours(1));

            assertThat(there.getZone()).isEqualTo(ZoneId.of("Europe/Berlin"));
            assertThat(there.instant()).isEqualTo(TestClock.START.plusSeconds(3600));
        }
    }
}

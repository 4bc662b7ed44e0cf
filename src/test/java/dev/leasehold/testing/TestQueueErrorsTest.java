package dev.leasehold.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.leasehold.api.Attempt;
import dev.leasehold.api.Handler;
import dev.leasehold.api.NewTask;
import dev.leasehold.api.Outcome;
import dev.leasehold.api.Payload;
import dev.leasehold.fault.Fault;
import dev.leasehold.run.RunState;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class TestQueueErrorsTest {

    private static final class Nameless implements Handler<Payload> {
        @Override
        public Outcome run(Payload payload, Attempt attempt) {
            return Outcome.success();
        }
    }

    @Test
    void aHandlerWithoutATypeIsRefused() {
        assertThatThrownBy(() -> TestQueue.with(new Nameless()))
                .isInstanceOf(InvalidHandler.class)
                .hasMessage(Nameless.class.getName()
                        + " does not carry @Handles, and so it is not known which tasks are its own");
    }

    @Test
    void twoHandlersOfOneTypeAreRefused() {
        String name = Written.Alone.class.getName();
        assertThatThrownBy(() -> TestQueue.with(done(), done()))
                .isInstanceOf(InvalidHandler.class)
                .hasMessage("task type \"alone\" is handled twice: by " + name + " and by " + name);
    }

    @Test
    void aReadyRunThatNobodyHandlesIsSaid() {
        try (TestQueue queue = TestQueue.with(done())) {
            UUID handled = queue.submit(NewTask.of("alone"));
            queue.submit(NewTask.of("mail"));
            queue.submit(NewTask.of("later").scheduledAt(TestClock.START.plusSeconds(1)));

            assertThatThrownBy(queue::runAll)
                    .isInstanceOfSatisfying(
                            UnhandledRuns.class, e -> assertThat(e.types()).containsExactly("mail"))
                    .hasMessageContaining("nobody here handles: mail;");
            assertThat(queue.runs(handled)).extracting(RunView::state).containsExactly(RunState.COMPLETED);
        }
    }

    @Test
    void runsOfOthersAreLeftToThem() {
        try (TestQueue queue = TestQueue.with(done()).elsewhere("mail")) {
            UUID mail = queue.submit(NewTask.of("mail"));

            assertThat(queue.runAll()).isZero();
            assertThat(queue.runs(mail)).extracting(RunView::state).containsExactly(RunState.READY);
        }
    }

    @Test
    void aTaskOutOfBoundsIsRefusedAsOnAServer() {
        try (TestQueue queue = TestQueue.with(done())) {
            assertThatThrownBy(() -> queue.submit(NewTask.of("alone").maxAttempts(0)))
                    .isInstanceOf(Fault.class);
            assertThat(queue.runs()).isEmpty();
        }
    }

    @Test
    void aResultThatCannotBeStoredIsAFailure() {
        Payload unstorable = Payload.of("text/\0", Payload.Form.TEXT, new byte[1]);
        Payload tooLong = Payload.of("x".repeat(300), Payload.Form.TEXT, new byte[1]);
        try (TestQueue queue = TestQueue.with(new Written.Alone(
                (payload, attempt) -> Outcome.success(attempt.number() == 1 ? tooLong : unstorable)))) {
            UUID task = queue.submit(NewTask.of("alone"));
            queue.runAll();

            assertThat(queue.runs(task).get(0).attempts().get(0).error()).contains("content type");
        }
    }

    @Test
    void aHandlerThatNeverWaitsIsNotCalledForEver() {
        try (TestQueue queue = TestQueue.with(new Written.Alone((payload, attempt) -> Outcome.snooze(Duration.ZERO)))) {
            queue.submit(NewTask.of("alone"));

            assertThatThrownBy(queue::runAll)
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("was attempted 1000 times");
        }
    }

    @Test
    void theClockDoesNotGoBack() {
        try (TestQueue queue = TestQueue.with()) {
            assertThatThrownBy(() -> queue.clock().advance(Duration.ofNanos(-1)))
                    .isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> queue.clock().set(TestClock.START.minusSeconds(1)))
                    .isInstanceOf(IllegalArgumentException.class);
            assertThat(queue.clock().instant()).isEqualTo(TestClock.START);
        }
    }

    private static Handler<?> done() {
        return new Written.Alone((payload, attempt) -> Outcome.success());
    }
}

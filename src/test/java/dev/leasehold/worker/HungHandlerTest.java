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
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A handler that was told to stop and does not costs its thread, and the thread's place only for the grace of timeouts. */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class HungHandlerTest {

    private static final Map<String, String> ONE_THREAD =
            Map.of("leasehold.worker-threads", "1", "leasehold.timeout-grace-secs", "0");

    private static final Duration LIMIT = Duration.ofSeconds(30);

    private final WorkingNode node = new WorkingNode(ONE_THREAD, this::work);

    private Outcome work(Attempt attempt) {
        if ("hangs".equals(attempt.description()) && attempt.number() == 1) {
            node.hang();
        }
        return Outcome.success();
    }

    private UUID hung() {
        UUID run = node.run("hangs");
        node.await(run, RunState.RUNNING);
        return run;
    }

    @AfterEach
    void close() {
        node.close();
    }

    @Test
    void anotherThreadTakesItsPlaceOnceItWasToldToStop() {
        UUID hung = hung();
        UUID next = node.run("is quick");
        node.dispatcher().giveUp();
        assertThat(node.dispatcher().threads().busy()).isEqualTo(1);

        node.queue.cancel(Order.of(hung));
        node.dispatcher().giveUp();

        node.await(next, RunState.COMPLETED);
        node.letGo();
        await().atMost(LIMIT).until(() -> node.queue.get(InHand.class).count() == 0);
        assertThat(node.queue.row(hung).state()).isEqualTo(RunState.CANCELED);
        assertThat(node.dispatcher().threads().busy()).isZero();
        node.await(node.run("is quick"), RunState.COMPLETED);
    }

    @Test
    void itsGraceIsWaitedFor() {
        try (WorkingNode patient = new WorkingNode(Map.of("leasehold.worker-threads", "1"), attempt -> {
            node.hang();
            return Outcome.success();
        })) {
            UUID hung = patient.run("hangs");
            patient.await(hung, RunState.RUNNING);
            patient.queue.cancel(Order.of(hung));
            patient.dispatcher().giveUp();

            assertThat(patient.dispatcher().threads().busy()).isEqualTo(1);
            node.letGo();
        }
    }

    @Test
    void whatItSaysAfterAllIsHeardIfItsLeaseStands() {
        UUID hung = hung();
        node.queue.get(InHand.class).stopAll();
        node.dispatcher().giveUp();
        assertThat(node.dispatcher().threads().busy()).isZero();

        node.letGo();

        node.await(hung, RunState.COMPLETED);
        assertThat(node.queue.attempts(hung)).hasSize(1);
    }

    @Test
    void itIsFoundAlsoWhenItsRunWasAttemptedHereAgain() {
        Map<String, String> settings = Map.of("leasehold.worker-threads", "2", "leasehold.timeout-grace-secs", "0");
        try (WorkingNode two = new WorkingNode(settings, this::work)) {
            UUID hung = two.run("hangs");
            two.await(hung, RunState.RUNNING);
            two.queue.clock.advance(Duration.ofMinutes(1));
            two.queue.expire();
            two.queue.clock.advance(Duration.ofHours(1));
            two.queue.promote(10);
            two.dispatcher().wake();
            two.await(hung, RunState.COMPLETED);
            assertThat(two.dispatcher().threads().busy()).isEqualTo(1);

            two.dispatcher().giveUp();

            assertThat(two.dispatcher().threads().busy()).isZero();
            node.letGo();
        }
    }
}

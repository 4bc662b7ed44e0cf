package dev.leasehold.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import dev.leasehold.client.Stub.Reply;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What comes under status 200 and is not an answer, or not all of one, costs a try and not the worker. */
@Timeout(60)
class BadAnswersTest {

    private static final String ID = "0193a0de-5c00-7000-8000-000000000001";
    private static final String STATS = "GET /api/v1/stats";

    private final Foreman foreman = new Foreman();
    private final List<Worker> workers = new ArrayList<>();

    @AfterEach
    void end() {
        workers.forEach(Worker::close);
        foreman.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"leases\":null}",
                "{\"leases\":[null]}",
                "{\"leases\":[{}]}",
                "{\"leases\":[{\"run_id\":\"" + ID + "\",\"attempt_id\":\"" + ID + "\"}]}"
            })
    void aClaimIsRepeated(String bad) {
        AtomicInteger calls = new AtomicInteger();
        foreman.stub().on(Foreman.CLAIM, asked -> calls.incrementAndGet() == 1 ? Reply.ok(bad) : foreman.grant(asked));
        UUID run = foreman.offer("t");
        start(work -> Outcome.success());
        soon(() -> assertThat(foreman.reports(run)).hasSize(1));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"results\":null}",
                "{\"results\":[null]}",
                "{\"results\":[{}]}",
                "{\"results\":[{\"run_id\":\"" + ID + "\"}]}"
            })
    void aReportIsRepeated(String bad) {
        AtomicInteger calls = new AtomicInteger();
        foreman.stub()
                .on(Foreman.FINISH, asked -> calls.incrementAndGet() == 1 ? Reply.ok(bad) : foreman.accept(asked));
        UUID run = foreman.offer("t");
        start(work -> Outcome.success());
        soon(() -> assertThat(foreman.reports(run)).hasSize(2));
        UUID next = foreman.offer("t");
        soon(() -> assertThat(foreman.reports(next)).hasSize(1));
    }

    @Test
    void aRunWithoutAStateIsNoAnswer() {
        foreman.stub().ok("GET /api/v1/runs/" + ID, "{}");
        LeaseholdClient client = LeaseholdClient.of(foreman.base());
        LeaseholdException failure = catchThrowableOfType(
                LeaseholdException.class, () -> client.await(UUID.fromString(ID), Duration.ofSeconds(1)));
        assertThat(failure.code()).isEqualTo(LeaseholdException.UNREADABLE);
    }

    @Test
    void anAnswerThatBreaksOffInTheMiddleIsWaitedForNoLongerThanAnother() {
        foreman.stub().replies(STATS, Reply.stalled("{\"total_tasks\":"));
        LeaseholdClient client = LeaseholdClient.builder(foreman.base())
                .timeout(Duration.ofMillis(300))
                .retries(Retries.NONE)
                .build();
        LeaseholdException failure = catchThrowableOfType(LeaseholdException.class, client::stats);
        assertThat(failure.status()).isZero();
        assertThat(failure.code()).isEqualTo(LeaseholdException.UNREACHABLE);
    }

    @Test
    void whoHearsThatItsWorkIsOverMayFailAndTheOthersHearItToo() {
        List<String> heard = new CopyOnWriteArrayList<>();
        Cancellation cancellation = new Cancellation();
        cancellation.onRequest(() -> {
            throw new IllegalStateException("a handler's own mistake");
        });
        cancellation.onRequest(() -> heard.add("second"));
        cancellation.request("canceled");
        assertThat(heard).containsExactly("second");
    }

    private void start(Handler handler) {
        workers.add(Worker.builder(LeaseholdClient.of(foreman.base()))
                .pauses(Duration.ofMillis(20), Duration.ofMillis(200))
                .threads(1)
                .grace(Duration.ofMillis(300))
                .handle("t", handler)
                .start());
    }

    private static void soon(org.awaitility.core.ThrowingRunnable asserted) {
        await().atMost(Duration.ofSeconds(10))
                .pollInterval(Duration.ofMillis(20))
                .untilAsserted(asserted);
    }
}

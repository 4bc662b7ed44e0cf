package dev.leasehold.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.leasehold.client.Stub.Asked;
import dev.leasehold.client.Stub.Reply;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The worker loop against a server that does what a test says. */
@Timeout(60)
class WorkerTest {

    private static final String LOST =
            "\"status\":\"lost\",\"error\":\"lease_lost\",\"cancel_requested\":%s,\"reason\":\"%s\"";

    private final Foreman foreman = new Foreman();
    private final CountDownLatch gate = new CountDownLatch(1);
    private final List<Work> begun = new CopyOnWriteArrayList<>();
    private final List<Worker> workers = new ArrayList<>();

    @AfterEach
    void end() {
        gate.countDown();
        workers.forEach(Worker::close);
        foreman.close();
    }

    @Test
    void aRunReachesItsHandlerAndItsResultTheServer() {
        UUID run = foreman.offer(
                "t",
                Foreman.started() + ",\"deadline\":4000000001.5,\"payload\":{\"content_type\":\"application/json\","
                        + "\"json\":{\"n\" : 1.50,\"a\":[ ]}},\"constraints\":{\"timeout_secs\":60}");
        start(builder().handle("t", work -> {
            begun.add(work);
            return Outcome.success(Payload.json("{\"m\": 2.00}"));
        }));
        soon().untilAsserted(() -> assertThat(foreman.reports(run)).hasSize(1));
        Work work = begun.get(0);
        assertThat(work.payload().text()).isEqualTo("{\"n\" : 1.50,\"a\":[ ]}");
        assertThat(work.runId()).isEqualTo(run);
        assertThat(work.fence()).isEqualTo(7);
        assertThat(work.attemptNumber()).isEqualTo(2);
        assertThat(work.deadline()).hasToString("2096-10-02T07:06:41.500Z");
        assertThat(foreman.stub().asked(Foreman.FINISH).get(0).body())
                .contains("\"owner\":\"me\"")
                .contains("{\"run_id\":\"" + run + "\",\"attempt_id\":\"" + work.attemptId() + "\",\"fence\":7,"
                        + "\"outcome\":{\"result\":\"success\",\"output\":{\"content_type\":\"application/json\","
                        + "\"json\":{\"m\": 2.00}}}}");
    }

    @Test
    void itClaimsForAsManyThreadsAsWait() {
        foreman.offer("t");
        foreman.offer("u");
        start(builder()
                .threads(3)
                .poll(Duration.ofSeconds(7))
                .queues(List.of("q"))
                .handle("t", this::block)
                .handle("u", this::block));
        soon().until(() -> begun.size() == 2 && claims().size() >= 3);
        JsonNode first = claims().get(0);
        assertThat(first.get("max").asInt()).isEqualTo(3);
        assertThat(first.get("start").asBoolean()).isTrue();
        assertThat(first.get("wait_secs").asInt()).isEqualTo(7);
        assertThat(first.get("lease_secs").asInt()).isEqualTo(60);
        assertThat(first.get("types")).hasToString("[\"t\",\"u\"]");
        assertThat(first.get("queues")).hasToString("[\"q\"]");
        assertThat(claims().get(2).get("max").asInt()).isEqualTo(1);
        assertThat(claims()).extracting(claim -> claim.get("claim_id").asText()).doesNotHaveDuplicates();
    }

    @Test
    void nothingIsClaimedWhileAllThreadsWork() {
        foreman.offer("t");
        start(builder().threads(1).handle("t", this::block));
        soon().until(() -> begun.size() == 1);
        await().during(Duration.ofMillis(500)).until(() -> claims().size() == 1);
        gate.countDown();
        soon().until(() -> claims().size() > 1);
    }

    @Test
    void whatAHandlerThrowsIsTriedAgain() {
        UUID run = foreman.offer("t");
        start(builder().handle("t", work -> {
            throw new IllegalStateException("bad\u0000", new IOException("disk"));
        }));
        soon().until(() -> !foreman.reports(run).isEmpty());
        JsonNode outcome = foreman.reports(run).get(0).get("outcome");
        assertThat(outcome.get("result").asText()).isEqualTo("retryable_failure");
        assertThat(outcome.get("error").asText())
                .isEqualTo("java.lang.IllegalStateException: bad\uFFFD; caused by java.io.IOException: disk");
    }

    @Test
    void allLeasesAreRenewedInOneCall() {
        UUID one = foreman.offer("t");
        UUID two = foreman.offer("t");
        start(builder().threads(2).lease(Duration.ofSeconds(3)).handle("t", this::block));
        soon().until(() -> foreman.stub().asked(Foreman.RENEW).size() >= 2);
        JsonNode renewal = foreman.stub().asked(Foreman.RENEW).get(1).json();
        assertThat(renewal.get("leases").findValuesAsText("run_id"))
                .containsExactlyInAnyOrder(one.toString(), two.toString());
        assertThat(renewal.get("leases").findValuesAsText("fence")).containsExactly("7", "7");
        assertThat(renewal.get("lease_secs").asInt()).isEqualTo(3);
        assertThat(renewal.get("owner").asText()).isEqualTo("me");
    }

    @ParameterizedTest
    @CsvSource({"canceled, true", "expired, false", "not_yours, false"})
    void aLostLeaseStopsItsHandlerAndIsNotReported(String reason, boolean cancelRequested) {
        UUID run = foreman.offer("t");
        foreman.renews(run, String.format(LOST, cancelRequested, reason));
        start(builder().threads(1).lease(Duration.ofSeconds(3)).handle("t", this::untilStopped));
        soon().until(() -> claims().size() > 1);
        assertThat(begun.get(0).cancellation().reason()).isEqualTo(reason);
        assertThat(foreman.reports(run)).isEmpty();
    }

    @Test
    void aLeaseThatGoesOnMayBeToldToStopAndIsReported() {
        UUID run = foreman.offer("t");
        foreman.renews(run, "\"status\":\"renewed\",\"cancel_requested\":true,\"reason\":\"deadline\"");
        start(builder().lease(Duration.ofSeconds(3)).handle("t", work -> {
            work.cancellation().await();
            throw new IllegalStateException("stopped");
        }));
        soon().until(() -> !foreman.reports(run).isEmpty());
        assertThat(foreman.reports(run).get(0).get("outcome").get("result").asText())
                .isEqualTo("timeout");
    }

    @Test
    void theTimeOfAnAttemptIsHonouredWithoutAnyRenewal() {
        UUID run = foreman.offer("t", Foreman.started() + ",\"constraints\":{\"timeout_secs\":0.3}");
        start(builder().handle("t", this::untilStopped));
        soon().until(() -> !foreman.reports(run).isEmpty());
        assertThat(begun.get(0).cancellation().reason()).isEqualTo(Cancellation.DEADLINE);
        assertThat(foreman.stub().asked(Foreman.RENEW)).isEmpty();
    }

    @Test
    void aReportIsRepeatedUntilItIsAnsweredAndItsThreadTakesNothingBefore() {
        AtomicInteger failures = new AtomicInteger();
        foreman.stub().on(Foreman.FINISH, asked -> switch (failures.incrementAndGet()) {
            case 1 -> Reply.cut();
            case 2 -> Reply.refusal(503, "outcome_unknown", "m");
            case 3 -> Reply.refusal(404, "not_found", "undeployed");
            default -> foreman.accept(asked);
        });
        UUID run = foreman.offer("t");
        foreman.judges(run, "\"status\":\"accepted\",\"state\":\"Completed\",\"duplicate\":true");
        start(builder().threads(1).handle("t", work -> Outcome.success()));
        soon().until(() -> claims().size() > 1);
        assertThat(foreman.stub().asked(Foreman.FINISH))
                .extracting(Asked::body)
                .hasSize(4)
                .containsOnly(foreman.stub().asked(Foreman.FINISH).get(0).body());
        List<Asked> all = foreman.stub().asked();
        assertThat(all.subList(0, 5))
                .extracting(Asked::path)
                .containsExactly(
                        "/api/v1/leases",
                        "/api/v1/attempts/finish",
                        "/api/v1/attempts/finish",
                        "/api/v1/attempts/finish",
                        "/api/v1/attempts/finish");
    }

    @Test
    void aReportThatNobodyAnswersIsDroppedOnceTheLeaseIsLost() {
        UUID run = foreman.offer("t");
        foreman.stub().replies(Foreman.FINISH, Reply.refusal(503, "unavailable", "m"));
        foreman.renews(run, String.format(LOST, false, "expired"));
        start(builder().threads(1).lease(Duration.ofSeconds(3)).handle("t", work -> Outcome.success()));
        soon().until(() -> claims().size() > 1);
    }

    @Test
    void whatEndsWhileAReportIsUnderWayGoesIntoTheNext() throws InterruptedException {
        CountDownLatch first = new CountDownLatch(1);
        CountDownLatch answer = new CountDownLatch(1);
        foreman.stub().on(Foreman.FINISH, asked -> {
            first.countDown();
            answer.await();
            return foreman.accept(asked);
        });
        foreman.offer("quick");
        List.of(1, 2, 3).forEach(i -> foreman.offer("t"));
        start(builder().threads(4).handle("quick", work -> Outcome.success()).handle("t", this::block));
        assertThat(first.await(30, TimeUnit.SECONDS)).isTrue();
        soon().until(() -> begun.size() == 3);
        gate.countDown();
        await().pollDelay(Duration.ofMillis(300)).until(() -> true);
        answer.countDown();
        soon().until(() -> foreman.stub().asked(Foreman.FINISH).size() == 2);
        assertThat(foreman.stub().asked(Foreman.FINISH).get(1).json().get("attempts"))
                .hasSize(3);
    }

    @Test
    void aResultThatIsRefusedBecomesAFailure() {
        UUID run = foreman.offer("t");
        foreman.judges(run, "\"status\":\"rejected\",\"error\":\"invalid_outcome\",\"message\":\"too long\"");
        start(builder().threads(1).handle("t", work -> Outcome.success(Payload.text("x"))));
        soon().until(() -> claims().size() > 1);
        assertThat(foreman.reports(run)).hasSize(2);
        assertThat(foreman.reports(run).get(1).get("outcome"))
                .hasToString("{\"result\":\"retryable_failure\",\"error\":\"the result was refused: too long\"}");
    }

    @Test
    void aReportThatIsRefusedAsAWholeIsHalvedUntilTheOneAtFaultStandsAlone() {
        foreman.stub()
                .on(
                        Foreman.FINISH,
                        asked -> asked.body().contains("poison")
                                ? Reply.refusal(422, "invalid_request", "no poison")
                                : foreman.accept(asked));
        List<UUID> good = List.of(foreman.offer("t"), foreman.offer("t"), foreman.offer("t"));
        UUID bad = foreman.offer("bad");
        start(builder().threads(4).handle("t", this::block).handle("bad", work -> {
            block(work);
            return Outcome.success(Payload.text("poison"));
        }));
        soon().until(() -> begun.size() == 4);
        gate.countDown();
        String refused = "{\"result\":\"retryable_failure\",\"error\":\"the result was refused: no poison\"}";
        soon().untilAsserted(() -> assertThat(foreman.reports(bad))
                .extracting(report -> report.get("outcome").toString())
                .contains(refused));
        good.forEach(run -> assertThat(foreman.reports(run)).isNotEmpty());
    }

    @Test
    void aRejectedReportFreesItsThreadAndIsNotRepeated() {
        UUID run = foreman.offer("t");
        foreman.judges(run, "\"status\":\"rejected\",\"error\":\"lease_lost\",\"message\":\"m\"");
        start(builder().threads(1).handle("t", work -> Outcome.success()));
        soon().until(() -> claims().size() > 2);
        assertThat(foreman.reports(run)).hasSize(1);
    }

    @Test
    void aClaimWithoutAnswerIsRepeatedUnderItsId() {
        AtomicInteger calls = new AtomicInteger();
        foreman.stub().on(Foreman.CLAIM, asked -> switch (calls.incrementAndGet()) {
            case 1 -> Reply.cut();
            case 2 -> Reply.refusal(429, "too_many_waiting", "m");
            case 3 -> new Reply(404, "<html>not deployed</html>", Map.of());
            default -> foreman.grant(asked);
        });
        UUID run = foreman.offer("t");
        start(builder().handle("t", work -> Outcome.success()));
        soon().until(() -> !foreman.reports(run).isEmpty() && claims().size() > 4);
        assertThat(claims().subList(0, 4)).containsOnly(claims().get(0));
        assertThat(claims().get(4)).isNotEqualTo(claims().get(0));
    }

    @Test
    void aWorkerWaitsAsLongAsTheServerWishes() {
        Reply wish = new Reply(429, "{\"error\":\"too_many_waiting\",\"message\":\"m\"}", Map.of("Retry-After", "1"));
        AtomicInteger calls = new AtomicInteger();
        foreman.stub().on(Foreman.CLAIM, asked -> calls.incrementAndGet() == 1 ? wish : foreman.grant(asked));
        long begin = System.nanoTime();
        start(builder().handle("t", work -> Outcome.success()));
        soon().until(() -> claims().size() > 1);
        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isGreaterThan(Duration.ofMillis(990));
    }

    @Test
    void aWorkerThatIsRefusedSaysSo() {
        foreman.stub().replies(Foreman.CLAIM, Reply.refusal(422, "invalid_request", "no such type"));
        Worker worker = start(builder().handle("t", work -> Outcome.success()));
        assertThatThrownBy(worker::await).isInstanceOf(LeaseholdException.class).hasMessage("no such type");
    }

    @Test
    void itDrains() {
        UUID run = foreman.offer("t");
        Worker worker = start(builder().threads(2).handle("t", this::block));
        soon().until(() -> begun.size() == 1);
        CompletableFuture<Void> closed = CompletableFuture.runAsync(worker::close);
        await().pollDelay(Duration.ofMillis(500)).until(() -> true);
        int claims = claims().size();
        foreman.offer("t");
        assertThat(closed).isNotDone();
        assertThat(begun.get(0).cancellation().requested()).isFalse();
        gate.countDown();
        assertThat(closed).succeedsWithin(Duration.ofSeconds(20));
        assertThat(foreman.reports(run)).hasSize(1);
        assertThat(claims()).hasSize(claims);
        assertThat(begun).hasSize(1);
    }

    @Test
    void whoDoesNotEndWithinTheGraceIsToldToStopAndHeard() {
        UUID run = foreman.offer("t");
        Worker worker = start(builder().grace(Duration.ofMillis(300)).handle("t", this::untilStopped));
        soon().until(() -> begun.size() == 1);
        worker.close();
        assertThat(begun.get(0).cancellation().reason()).isEqualTo(Cancellation.SHUTDOWN);
        assertThat(foreman.reports(run)).hasSize(1);
    }

    @Test
    void aClaimThatTheEndOvertakesIsSettledAndWhatWasNotBegunIsReleased() {
        AtomicBoolean closing = new AtomicBoolean();
        foreman.stub()
                .on(
                        Foreman.CLAIM,
                        asked -> closing.get() && !asked.json().get("start").asBoolean()
                                ? foreman.grant(asked)
                                : Reply.refusal(503, "unavailable", "m"));
        Worker worker = start(builder().handle("t", this::block));
        soon().until(() -> !claims().isEmpty());
        UUID run = foreman.offer("t", "");
        closing.set(true);
        worker.close();
        JsonNode last = claims().get(claims().size() - 1);
        assertThat(last.get("claim_id")).isEqualTo(claims().get(0).get("claim_id"));
        assertThat(last.get("max").asInt()).isEqualTo(1);
        assertThat(last.get("wait_secs").asInt()).isZero();
        assertThat(begun).isEmpty();
        assertThat(foreman.stub().asked(Foreman.RELEASE)).hasSize(1);
        assertThat(foreman.stub().asked(Foreman.RELEASE).get(0).body()).contains(run.toString());
    }

    @Test
    void itsThreadsAreNamedDaemonsAndEndWithIt() {
        Worker worker = start(builder().handle("t", this::block));
        foreman.offer("t");
        soon().until(() -> begun.size() == 1);
        assertThat(threads()).extracting(Thread::getName).anyMatch(name -> name.startsWith("leasehold-worker-"));
        assertThat(threads()).allMatch(Thread::isDaemon);
        gate.countDown();
        worker.close();
        soon().until(() -> threads().isEmpty());
    }

    private static List<Thread> threads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().matches("leasehold-(worker|claim|report|timer)-\\d+"))
                .toList();
    }

    private Outcome block(Work work) throws InterruptedException {
        begun.add(work);
        assertThat(gate.await(30, TimeUnit.SECONDS)).isTrue();
        return Outcome.success();
    }

    private Outcome untilStopped(Work work) throws InterruptedException {
        begun.add(work);
        work.cancellation().await();
        return Outcome.success();
    }

    private List<JsonNode> claims() {
        return foreman.stub().asked(Foreman.CLAIM).stream().map(Asked::json).toList();
    }

    private static ConditionFactory soon() {
        return await().atMost(Duration.ofSeconds(20)).pollInterval(Duration.ofMillis(20));
    }

    private WorkerBuilder builder() {
        return Worker.builder(LeaseholdClient.of(foreman.base()))
                .owner("me")
                .pauses(Duration.ofMillis(20), Duration.ofMillis(200));
    }

    private Worker start(WorkerBuilder builder) {
        Worker worker = builder.start();
        workers.add(worker);
        return worker;
    }
}

package dev.leasehold.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.container.test.api.RunAsClient;
import org.jboss.arquillian.junit5.container.annotation.ArquillianTest;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.spec.EnterpriseArchive;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Workers that speak HTTP to the deployed EAR (http.md 3). */
@ArquillianTest
@RunAsClient
@OneDatabase("it is about forms and waiting over HTTP; grants, renewals and finishes are in ClaimRunsTest and its like")
class WorkerProtocolIT {

    private static final String SUCCESS = "{\"result\":\"success\",\"output\":{\"json\":{\"n\": 1.50}}}";

    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final String type = "http." + UUID.randomUUID();

    @ArquillianResource
    URI root;

    @Deployment(testable = false)
    static EnterpriseArchive ear() {
        return Archives.ear();
    }

    @AfterEach
    void end() {
        threads.shutdownNow();
    }

    @Test
    void aLeaseSaysWhatItsWorkerNeeds() {
        String run = worker().submit(",\"payload\":{\"json\":{\"n\": 1.0}},\"constraints\":{\"timeout_secs\":90}");
        JsonNode lease = worker().lease(5).get(0);
        assertThat(lease.get("run_id").asText()).isEqualTo(run);
        assertThat(lease.get("payload").toString()).isEqualTo("{\"json\":{\"n\":1.0}}");
        assertThat(lease.get("constraints").get("timeout_secs").asInt()).isEqualTo(90);
        assertThat(lease.get("constraints").get("safety_level").asText()).isEqualTo("Pure");
        assertThat(lease.get("attempts_started").asInt()).isZero();
        assertThat(lease.has("attempt_id")).isFalse();
        assertThat(worker().lease(5)).isEmpty();
        assertThat(worker().release(lease).get("status").asText()).isEqualTo("released");
    }

    @Test
    void aRunGoesFromClaimToCompletion() {
        String run = worker().submit(",\"constraints\":{\"timeout_secs\":90}");
        JsonNode lease = worker().lease(5).get(0);

        JsonNode renewed = worker().renew(lease);
        assertThat(renewed.get("status").asText()).isEqualTo("renewed");
        assertThat(renewed.get("cancel_requested").asBoolean()).isFalse();
        assertThat(renewed.get("expiry").asDouble())
                .isGreaterThanOrEqualTo(lease.get("expiry").asDouble());

        JsonNode attempt = worker().start(lease);
        assertThat(attempt.get("status").asText()).isEqualTo("started");
        assertThat(attempt.get("attempt_number").asInt()).isEqualTo(1);
        JsonNode shown = run(run);
        assertThat(shown.get("lease").get("deadline")).isEqualTo(attempt.get("deadline"));
        assertThat(shown.get("lease").get("fence")).isEqualTo(lease.get("fence"));
        assertThat(worker().start(lease).get("error").asText()).isEqualTo("attempt_in_progress");
        assertThat(worker().release(lease).get("error").asText()).isEqualTo("attempt_in_progress");

        JsonNode accepted = worker().finish(lease, attempt, SUCCESS);
        assertThat(accepted.get("status").asText()).isEqualTo("accepted");
        assertThat(accepted.get("state").asText()).isEqualTo("Completed");
        assertThat(accepted.has("duplicate")).isFalse();
        assertThat(api().get("api/v1/runs/" + run).raw().body()).contains("\"output\":{\"json\":{\"n\": 1.50}}");
    }

    @Test
    void aReportMayBeRepeatedButNotChanged() {
        worker().submit();
        JsonNode lease = worker().lease(",\"start\":true").get(0);
        assertThat(lease.get("attempt_number").asInt()).isEqualTo(1);
        String retry = "{\"result\":\"retryable_failure\",\"error\":\"no\",\"retry_in_secs\":3600}";
        JsonNode accepted = worker().finish(lease, lease, retry);
        assertThat(accepted.get("state").asText()).isEqualTo("RetryWait");
        assertThat(accepted.get("next_attempt_at").isNumber()).isTrue();
        JsonNode again = worker().finish(lease, lease, retry);
        assertThat(again.get("status").asText()).isEqualTo("accepted");
        assertThat(again.get("duplicate").asBoolean()).isTrue();
        assertThat(error(worker().finish(lease, lease, SUCCESS))).isEqualTo("rejected no_active_attempt");
        assertThat(lost(worker().renew(lease))).isEqualTo("lost lease_lost finished false");
    }

    @Test
    void refusedItemsLeaveTheOthersAlone() {
        worker().submit();
        worker().submit();
        JsonNode leases = worker().lease(",\"max\":2,\"start\":true");
        String unknown = "{\"run_id\":" + Worker.anyId() + ",\"fence\":1}";
        JsonNode results = worker().results(
                        "attempts/finish",
                        "attempts",
                        String.join(
                                ",",
                                Worker.report(leases.get(0), leases.get(0), "{\"result\":\"timeout\"}"),
                                Worker.report(leases.get(1), leases.get(0), SUCCESS),
                                Worker.report(leases.get(1), leases.get(1), SUCCESS),
                                Worker.report(leases.get(1), leases.get(1), SUCCESS)));
        assertThat(error(results.get(0))).isEqualTo("rejected invalid_outcome");
        assertThat(error(results.get(1))).isEqualTo("rejected attempt_mismatch");
        assertThat(results.get(2).get("state").asText()).isEqualTo("Completed");
        assertThat(results.get(3).get("duplicate").asBoolean()).isTrue();
        JsonNode renewed = worker().results("leases/renew", "leases", unknown + "," + Worker.named(leases.get(0)));
        assertThat(lost(renewed.get(0))).isEqualTo("lost run_not_found not_yours false");
        assertThat(renewed.get(1).get("status").asText()).isEqualTo("renewed");
        assertThat(error(worker().results("attempts/start", "attempts", unknown).get(0)))
                .isEqualTo("rejected run_not_found");
        assertThat(lost(worker().named("thief").renew(leases.get(0)))).isEqualTo("lost lease_lost not_yours false");
        assertThat(error(worker().named("thief").finish(leases.get(0), leases.get(0), SUCCESS)))
                .isEqualTo("rejected lease_lost");
    }

    @Test
    void whatIsReleasedIsClaimedAgainUnderAnotherFence() {
        worker().submit();
        JsonNode first = worker().lease(1).get(0);
        assertThat(worker().release(first).get("status").asText()).isEqualTo("released");
        assertThat(lost(worker().release(first))).isEqualTo("lost lease_lost released false");
        JsonNode second = worker().lease(1).get(0);
        assertThat(second.get("fence").asLong()).isEqualTo(first.get("fence").asLong() + 1);
        assertThat(error(worker().start(first))).isEqualTo("rejected lease_lost");
    }

    @Test
    void aWorkerLearnsOfACancellationWhenItRenews() {
        String run = worker().submit();
        JsonNode lease = worker().lease(",\"start\":true").get(0);
        assertThat(cancel(run)).isEqualTo("canceled");
        assertThat(cancel(run)).isEqualTo("already_canceled");
        assertThat(lost(worker().renew(lease))).isEqualTo("lost lease_lost canceled true");
        assertThat(error(worker().finish(lease, lease, SUCCESS))).isEqualTo("rejected lease_lost");
        JsonNode attempt = run(run).get("attempts").get(0);
        assertThat(attempt.get("result").isNull()).isTrue();
        assertThat(attempt.get("error").asText()).isEqualTo("canceled: not wanted");
    }

    @Test
    void aLeaseThatIsNotKeptIsSomebodyElses() {
        worker().submit();
        JsonNode first = worker().lease(",\"lease_secs\":3").get(0);
        JsonNode second = worker().named("other").lease(",\"wait_secs\":20").get(0);
        assertThat(second.get("run_id")).isEqualTo(first.get("run_id"));
        assertThat(second.get("attempts_started").asInt()).isZero();
        assertThat(lost(worker().renew(first))).isEqualTo("lost lease_lost expired false");
    }

    @Test
    void waitingWorkersAreServedInTheirOrderAsSoonAsThereIsSomething() {
        List<CompletableFuture<JsonNode>> waiting = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            waiting.add(CompletableFuture.supplyAsync(() -> worker().lease(",\"wait_secs\":25"), threads));
            await().pollDelay(Duration.ofMillis(200)).until(() -> true);
        }
        assertThat(waiting).noneMatch(CompletableFuture::isDone);
        for (CompletableFuture<JsonNode> first : waiting.subList(0, 2)) {
            String run = worker().submit();
            await().atMost(Duration.ofSeconds(5)).until(first::isDone);
            assertThat(first.join().get(0).get("run_id").asText()).isEqualTo(run);
        }
        assertThat(waiting.subList(2, 5)).noneMatch(CompletableFuture::isDone);
        waiting.subList(2, 5).forEach(one -> worker().submit());
        waiting.forEach(one -> assertThat(one.join()).hasSize(1));
    }

    @Test
    void whoWaitsInVainIsAnsweredInTime() {
        long began = System.nanoTime();
        assertThat(worker().lease(",\"wait_secs\":1")).isEmpty();
        assertThat(Duration.ofNanos(System.nanoTime() - began)).isBetween(Duration.ofSeconds(1), Duration.ofSeconds(5));
    }

    @Test
    void aClaimWhoseAnswerWasLostIsRepeated() {
        worker().submit();
        String second = worker().submit();
        String claim = ",\"max\":2,\"claim_id\":" + Worker.anyId();
        assertThat(worker().lease(claim + ",\"queues\":[\"empty\"]")).isEmpty();
        JsonNode leases = worker().lease(claim);
        assertThat(leases).hasSize(2);
        assertThat(worker().lease(claim + ",\"wait_secs\":20")).isEqualTo(leases);
        assertThat(worker().named("other").lease(claim)).isEmpty();
        cancel(second);
        assertThat(worker().lease(claim)).hasSize(1);
        worker().release(leases.get(0));
        assertThat(worker().lease(claim + ",\"wait_secs\":20")).isEmpty();
    }

    @Test
    void whileItIsPausedNothingIsGranted() {
        worker().submit();
        assertThat(engine("pause")).isEqualTo("paused");
        assertThat(engine("pause")).isEqualTo("already_paused");
        assertThat(worker().lease(1)).isEmpty();
        CompletableFuture<JsonNode> waiting =
                CompletableFuture.supplyAsync(() -> worker().lease(",\"wait_secs\":25"), threads);
        await().pollDelay(Duration.ofSeconds(1)).until(() -> true);
        assertThat(waiting).isNotDone();
        assertThat(engine("resume")).isEqualTo("resumed");
        assertThat(waiting.join()).hasSize(1);
        assertThat(engine("resume")).isEqualTo("already_resumed");
    }

    private String engine(String order) {
        return api().post("api/v1/engine/" + order, "{\"queue\":\"default\"}")
                .body()
                .get("status")
                .asText();
    }

    private String cancel(String run) {
        return api().post("api/v1/runs/" + run + "/cancel", "{\"reason\":\"not wanted\"}")
                .body()
                .get("status")
                .asText();
    }

    private static String error(JsonNode result) {
        return result.get("status").asText() + " " + result.get("error").asText();
    }

    private static String lost(JsonNode result) {
        return error(result) + " " + result.get("reason").asText() + " " + result.get("cancel_requested");
    }

    private JsonNode run(String id) {
        return api().get("api/v1/runs/" + id).body();
    }

    private Worker worker() {
        return new Worker(api(), "worker", type);
    }

    private Api api() {
        return new Api(root);
    }
}

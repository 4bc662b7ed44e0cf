package dev.leasehold.scenario;

import static dev.leasehold.scenario.TaskText.script;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.leasehold.server.Api;
import java.util.Locale;
import org.junit.jupiter.api.Test;

/** C. Leases: who may take, keep and end one. */
class LeaseIT extends Scenarios {

    private static final String NOBODY = "00000000-0000-7000-8000-00000000dead";

    @Test
    void s25_acquireRules() {
        String run = runId(submit(script("ok")));
        refused(Steps.acquire(run), "lease acquire rejected for run " + run + ": invalid state Scheduled");
        tick("promote");
        accepted(Steps.acquire(run));
        refused(Steps.acquire(run), "lease acquire rejected for run " + run + ": lease already active");
        refused(
                Steps.lease("LeaseAcquire", run, "w2", 2000),
                "lease acquire rejected for run " + run + ": lease already active");
        accepted(mutate("{'command':'AttemptStart','run_id':'" + run + "'}"));
        accepted(Steps.finish(run, Steps.attempt(run), "'result':'success'"));
        refused(Steps.acquire(run), "lease acquire rejected for run " + run + ": invalid state Completed");
        refused(Steps.acquire(NOBODY), "lease acquire rejected: unknown run " + NOBODY);
    }

    /** Running without a lease cannot be: RefusalsTest has that text. */
    @Test
    void s26_heartbeatRules() {
        String run = Steps.running();
        String rejected = "lease heartbeat rejected for run " + run + ": ";
        accepted(heartbeat(run, "w1", 2000));
        clock(1100);
        accepted(heartbeat(run, "w1", 2500));
        JsonNode lease = byId(run).get("lease");
        assertThat(lease.get("expiry").asLong()).isEqualTo(2500);
        assertThat(lease.get("updated_at").asLong()).isEqualTo(1100);
        refused(heartbeat(run, "w1", 2400), rejected + "expiry regression previous=2500 proposed=2400");
        refused(heartbeat(run, "w2", 3000), rejected + "owner mismatch");
        assertThat(byId(run).get("lease")).isEqualTo(lease);
        String ready = Steps.in("Ready");
        refused(heartbeat(ready, "w1", 3000), "lease heartbeat rejected for run " + ready + ": invalid state Ready");
    }

    private static Api.Answer heartbeat(String run, String owner, long expiry) {
        return Steps.lease("LeaseHeartbeat", run, owner, expiry);
    }

    @Test
    void s28_expireAndReleaseNeedExactValues() {
        String run = Steps.leased();
        JsonNode before = byId(run);
        refused(
                Steps.lease("LeaseRelease", run, "w2", 2000),
                "lease release rejected for run " + run + ": owner mismatch");
        refused(
                Steps.lease("LeaseExpire", run, "w1", 1999),
                "lease expire rejected for run " + run + ": expiry mismatch expected=2000 provided=1999");
        Api.Answer early = Steps.lease("LeaseExpire", run, "w1", 2000);
        accepted(early);
        assertThat(early.body().get("stored").asBoolean()).isFalse();
        assertThat(byId(run)).isEqualTo(before);
        accepted(Steps.lease("LeaseRelease", run, "w1", 2000));
        assertGivenBack(run, 1);
        accepted(Steps.acquire(run));
        clock(2000);
        accepted(Steps.lease("LeaseExpire", run, "w1", 2000));
        assertGivenBack(run, 2);
        String waiting = Steps.in("RetryWait");
        for (String word : new String[] {"Release", "Expire"}) {
            refused(
                    Steps.lease("Lease" + word, waiting, "w1", 2000),
                    "lease " + word.toLowerCase(Locale.ROOT) + " rejected for run " + waiting
                            + ": invalid state RetryWait");
        }
    }

    private static void assertGivenBack(String run, int times) {
        JsonNode now = byId(run);
        assertThat(now.get("state").asText()).isEqualTo("Ready");
        assertThat(now.get("lease").isNull()).isTrue();
        assertThat(now.get("attempt_count").asInt()).isZero();
        assertThat(String.join(">", now.get("state_history").findValuesAsText("to")))
                .isEqualTo("Scheduled>Ready" + ">Leased>Ready".repeat(times));
    }
}

package dev.leasehold.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.leasehold.api.Backoff;
import dev.leasehold.api.HoldPolicy;
import dev.leasehold.api.NewTask;
import dev.leasehold.api.Rate;
import dev.leasehold.api.Unique;
import dev.leasehold.task.Admission;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class GatesRequestTest {

    private static final Admission TERMS = new Admission(5, Backoff.DEFAULT, 1);

    @Test
    void whatKeepsRunsFromBeingStartedIsRead() {
        NewTask.Gates gates =
                TaskRequest.parse("""
                {"type":"t","expires_at":1700003600.5,"rate":{"name":"mail","limit":10,"period_secs":1},
                 "unique":{"key":"u","until":"finished","period_secs":60,"on_conflict":"reject"},
                 "constraints":{"concurrency_key":"k","concurrency_key_hold_policy":"ReleaseOnRetry",
                   "required_capabilities":["gpu","a"]}}""".getBytes(StandardCharsets.UTF_8), TERMS).gates();

        assertThat(gates)
                .isEqualTo(new NewTask.Gates(
                        "k",
                        HoldPolicy.RELEASE_ON_RETRY,
                        List.of("gpu", "a"),
                        new Rate("mail", 10, Duration.ofSeconds(1)),
                        Instant.ofEpochMilli(1700003600500L),
                        new Unique("u", Unique.Until.FINISHED, Duration.ofSeconds(60), Unique.OnConflict.REJECT)));
    }
}

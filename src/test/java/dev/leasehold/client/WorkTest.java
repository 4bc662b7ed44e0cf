package dev.leasehold.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WorkTest {

    private static final UUID RUN = new UUID(1, 2);
    private static final UUID ATTEMPT = new UUID(3, 4);

    @ParameterizedTest
    @CsvSource({"11", "''"})
    void itKnowsWhatToSendAlong(String keyFence) {
        Long number = keyFence.isEmpty() ? null : Long.valueOf(keyFence);
        Work work = new Work(
                new Lease(RUN, UUID.randomUUID(), "t", "q", 7, number, Instant.MAX, null, null, 2, ATTEMPT, 2, null));
        Map<String, String> headers = new HashMap<>(Map.of(
                "Idempotency-Key", RUN.toString(),
                "Leasehold-Run-Id", RUN.toString(),
                "Leasehold-Attempt-Id", ATTEMPT.toString(),
                "Leasehold-Attempt", "2",
                "Leasehold-Fence", "7"));
        if (number != null) {
            headers.put("Leasehold-Key-Fence", keyFence);
        }

        assertThat(work.headers()).isEqualTo(headers);
    }
}

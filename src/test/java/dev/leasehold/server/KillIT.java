package dev.leasehold.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.leasehold.server.Callee.Call;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** The server is killed while a handler works: nobody has to help for the run to be attempted again. */
@OneDatabase("two servers' starts; each server and each database is killed once")
class KillIT {

    private static final int OFFSET = 4100;
    private static final Duration LIMIT = Duration.ofSeconds(30);

    @Test
    void aRunWhoseServerWasKilledIsAttemptedAgainWhenItsLeaseHasLapsed() throws Exception {
        String task = UUID.randomUUID().toString();
        try (Callee callee = new Callee();
                ServerProcess killed = start(callee)) {
            killed.awaitReady();
            callee.hold();
            killed.api().submit(callee.task(task, "GET"));
            await().atMost(LIMIT).until(() -> callee.held().size() == 1);
            JsonNode before = killed.api().runOf(task);
            assertThat(before.get("state").asText()).isEqualTo("Running");
            try (ServerProcess after = killed.again()) {
                callee.leave();
                after.awaitReady();
                await().atMost(LIMIT)
                        .until(() -> after.api().runOf(task).get("state").asText(), "Completed"::equals);
                JsonNode run = after.api().runOf(task);
                expectTwoAttempts(run, before.get("lease").get("owner").asText());
                expectTwoCalls(callee.calls(), run);
            }
        }
    }

    private static ServerProcess start(Callee callee) throws IOException, SQLException {
        List<String> settings = new ArrayList<>(ServerDatabase.settings("killed"));
        settings.addAll(List.of(callee.setting(), "-Dleasehold.lease-secs=3", "-Dleasehold.heartbeat-secs=1"));
        return ServerProcess.start(OFFSET, settings.toArray(String[]::new));
    }

    private static void expectTwoAttempts(JsonNode run, String killed) {
        JsonNode attempts = run.get("attempts");
        assertThat(attempts.findValuesAsText("result")).containsExactly("Failure", "Success");
        assertThat(attempts.findValuesAsText("error"))
                .containsExactly("lease expired: " + killed + " stopped answering", "null");
        assertThat(Set.copyOf(attempts.findValuesAsText("attempt_id"))).hasSize(2);
        assertThat(run.get("attempt_count").asInt()).isEqualTo(2);
    }

    private static void expectTwoCalls(List<Call> calls, JsonNode run) {
        assertThat(calls)
                .extracting(Call::key)
                .containsExactly(run.get("run_id").asText(), run.get("run_id").asText());
        assertThat(calls).extracting(Call::attempt).containsExactly(1, 2);
        assertThat(calls)
                .extracting(call -> call.attemptId().toString())
                .isEqualTo(run.get("attempts").findValuesAsText("attempt_id"));
        assertThat(calls.get(1).fence()).isGreaterThan(calls.get(0).fence());
    }
}

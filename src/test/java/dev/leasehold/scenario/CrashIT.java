package dev.leasehold.scenario;

import static dev.leasehold.scenario.TaskText.script;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.leasehold.server.OneDatabase;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** C. Leases and crash recovery: what is left after the server was killed. */
@OneDatabase("nine starts of a server; each server and each database is killed once")
class CrashIT extends Scenarios {

    @Test
    void s29_runningAtACrashIsRecoveredWithoutHelp() {
        String twice = submit(script("block|ok").attempts(2));
        String once = submit(script("block|ok"));
        configure("{\"concurrency\":2}");
        tick();
        String run = runId(twice);
        restart(1299);
        tick();
        assertThat(state(twice)).isEqualTo("Running");
        clock(1301);
        tick();
        JsonNode after = run(twice);
        assertThat(after.get("run_id").asText()).isEqualTo(run);
        assertThat(after.get("state").asText()).isEqualTo("Completed");
        assertThat(results(twice)).containsExactly("Failure", "Success");
        assertThat(Set.copyOf(after.get("attempts").findValuesAsText("attempt_id")))
                .hasSize(2);
        assertThat(state(once)).isEqualTo("Failed");
    }

    @Test
    void s32_retryWaitSurvivesACrash() {
        String task = submit(script("retry:x|ok").attempts(2).backoff(30));
        idle();
        JsonNode before = run(task);
        assertThat(before.get("state").asText()).isEqualTo("RetryWait");
        restart(1029);
        idle();
        assertThat(run(task)).isEqualTo(before);
        clock(1030);
        idle();
        JsonNode after = run(task);
        assertThat(after.get("run_id")).isEqualTo(before.get("run_id"));
        assertThat(results(task)).containsExactly("Failure", "Success");
        assertThat(after.get("attempts").get(0))
                .isEqualTo(before.get("attempts").get(0));
    }

    /** Submissions are cut off anywhere: what is there is whole, and what was answered is there. */
    @Test
    void s34_crashBetweenTaskAndRuns() {
        List<String> answered = new CopyOnWriteArrayList<>();
        for (int kill = 0; kill < 2; kill++) {
            CompletableFuture<Void> cutOff = CompletableFuture.runAsync(() -> submitUntilKilled(answered))
                    .exceptionally(failure -> null);
            int enough = answered.size() + ThreadLocalRandom.current().nextInt(1, 60);
            awaitThat(() -> answered.size() >= enough);
            restart();
            cutOff.join();
        }
        List<String> tasks =
                api().get("api/v1/tasks?limit=1000").body().get("tasks").findValuesAsText("id");
        Map<String, Long> runs =
                api().get("api/v1/runs?limit=1000").body().get("runs").findValuesAsText("task_id").stream()
                        .collect(Collectors.groupingBy(task -> task, Collectors.counting()));
        assertThat(tasks).containsAll(answered).hasSizeLessThanOrEqualTo(answered.size() + 2);
        assertThat(runs.keySet()).isEqualTo(Set.copyOf(tasks));
        assertThat(runs.values()).containsOnly(3L);
    }

    private static void submitUntilKilled(List<String> answered) {
        while (answered.size() < 300) {
            answered.add(submit(script("ok").repeat(3, 60)));
        }
    }

    private static void awaitThat(BooleanSupplier state) {
        await().atMost(Duration.ofSeconds(30))
                .pollInterval(Duration.ofMillis(5))
                .until(state::getAsBoolean);
    }

    @Test
    void s35_repeatedKillsMakeProgress() {
        configure("{\"concurrency\":4}");
        List<String> tasks = submitAll(
                Stream.generate(() -> script("sleep:40").attempts(10)).limit(50).toList());
        long now = 1000;
        for (int kill = 0; kill < 5; kill++) {
            int enough = calls().size() + ThreadLocalRandom.current().nextInt(1, 9);
            CompletableFuture<Boolean> cutOff =
                    CompletableFuture.supplyAsync(Scenarios::idle).handle((answer, failure) -> failure != null);
            awaitThat(() -> calls().size() >= enough);
            now += 1000;
            restart(now);
            assertThat(cutOff.join()).isTrue();
        }
        idle();
        JsonNode runs = api().get("api/v1/runs?limit=1000").body().get("runs");
        assertThat(runs.findValuesAsText("state")).hasSize(50).containsOnly("Completed");
        assertThat(Set.copyOf(runs.findValuesAsText("run_id"))).hasSize(50);
        assertThat(runs.findValuesAsText("attempt_count")).allMatch(count -> Integer.parseInt(count) <= 10);
        assertThat(calls()).containsAll(tasks);
        assertThat(callsInFull().stream().collect(Collectors.groupingBy(call -> call.get("task_id"))))
                .allSatisfy((task, calls) -> assertThat(
                                calls.stream().map(call -> call.get("fence").asLong()))
                        .isSorted()
                        .doesNotHaveDuplicates());
    }
}

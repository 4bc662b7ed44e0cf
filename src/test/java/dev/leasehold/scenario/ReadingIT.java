package dev.leasehold.scenario;

import static dev.leasehold.scenario.TaskText.script;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.leasehold.metric.Scraped;
import dev.leasehold.server.Api;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;

/** I. What is read: health, counts, lists, metrics. */
class ReadingIT extends Scenarios {

    private static final List<String> GETS =
            List.of("healthz", "ready", "api/v1/stats", "api/v1/tasks", "api/v1/runs", "api/v1/queues");

    private static final Map<String, String> FAMILIES = Map.of(
            "actionqueue_runs_total", "gauge",
            "actionqueue_runs_ready", "gauge",
            "actionqueue_runs_running", "gauge",
            "actionqueue_attempts_total", "gauge",
            "actionqueue_scheduling_lag_seconds", "histogram",
            "actionqueue_executor_duration_seconds", "histogram",
            "actionqueue_wal_append_total", "counter",
            "actionqueue_wal_append_failures_total", "counter",
            "actionqueue_recovery_time_seconds", "histogram",
            "actionqueue_recovery_events_applied_total", "counter");

    /** Until the start is complete {@code /ready} is 503 with a reason: {@code StartIT}. */
    @Test
    void s97_fixedBodies() {
        Map<String, String> first = all();
        assertThat(first.get("healthz")).isEqualTo("{\"status\":\"ok\"}");
        assertThat(first.get("ready")).isEqualTo("{\"status\":\"ready\"}");
        nothingIsCounted(api().get("api/v1/stats").body());
        assertThat(all()).isEqualTo(first);

        String task = submit(script("ok"));
        idle();
        Map<String, String> later = all();
        assertThat(later).isNotEqualTo(first);
        JsonNode run = run(task);
        assertThat(all()).isEqualTo(later);
        assertThat(run(task)).isEqualTo(run);
    }

    private static void nothingIsCounted(JsonNode stats) {
        for (String count : List.of("total_tasks", "total_runs", "attempts_total", "latest_sequence")) {
            assertThat(stats.get(count).isIntegralNumber()).as(count).isTrue();
            assertThat(stats.get(count).asLong()).as(count).isZero();
        }
        Map<String, Long> states = new HashMap<>();
        stats.get("runs_by_state")
                .properties()
                .forEach(state -> states.put(state.getKey(), state.getValue().asLong(-1)));
        assertThat(states.keySet())
                .containsExactlyInAnyOrder(
                        "scheduled",
                        "ready",
                        "leased",
                        "running",
                        "retry_wait",
                        "suspended",
                        "completed",
                        "failed",
                        "canceled");
        assertThat(states.values()).containsOnly(0L);
    }

    private static Map<String, String> all() {
        Map<String, String> bodies = new HashMap<>();
        GETS.forEach(path -> bodies.put(path, api().get(path).raw().body()));
        return bodies;
    }

    @Test
    void s98_listsOrderAndPaging() {
        task(4, 6, 20);
        task(5, 5, 9);
        task(2, 5, 10);
        task(1, 5, 10);
        task(3, 4, 5);
        assertThat(tasks("")).containsExactly(4, 5, 1, 2, 3);
        JsonNode page = api().get("api/v1/tasks?limit=2&offset=1").body();
        assertThat(numbers(page)).containsExactly(5, 1);
        assertThat(page.get("limit").asInt()).isEqualTo(2);
        assertThat(page.get("offset").asInt()).isEqualTo(1);
        Api.Answer past = api().get("api/v1/tasks?offset=99");
        assertThat(past.status()).isEqualTo(200);
        assertThat(past.body().get("tasks")).isEmpty();

        reset();
        String last = submit(script("ok").at(2000));
        String first = submit(script("ok").at(1000));
        String second = submit(script("ok").at(1000));
        JsonNode runs = api().get("api/v1/runs").body();
        assertThat(runs.findValuesAsText("task_id")).containsExactly(first, second, last);
        assertThat(runs.get("limit").asInt()).isEqualTo(100);
        assertThat(runs.get("offset").asInt()).isZero();
        assertThat(api().get("api/v1/runs?offset=99").body().get("runs")).isEmpty();

        reset();
        submit(script("ok").repeat(101, 1));
        assertThat(api().get("api/v1/runs").body().get("runs")).hasSize(100);
        assertThat(api().get("api/v1/runs?limit=1000").body().get("runs")).hasSize(101);
    }

    private static void task(int number, int priority, long createdAt) {
        clock(createdAt);
        submit(script("ok").id(id(number)).priority(priority));
    }

    private static String id(int number) {
        return "00000000-0000-0000-0000-%012d".formatted(number);
    }

    private static List<Integer> tasks(String query) {
        return numbers(api().get("api/v1/tasks" + query).body());
    }

    private static List<Integer> numbers(JsonNode page) {
        List<String> ids = StreamSupport.stream(page.get("tasks").spliterator(), false)
                .map(task -> task.get("id").asText())
                .toList();
        return ids.stream()
                .map(one -> IntStream.rangeClosed(1, 5)
                        .filter(number -> id(number).equals(one))
                        .findFirst()
                        .orElse(-1))
                .toList();
    }

    @Test
    void s100_metricsParity() {
        Scraped empty = scrape();
        assertThat(empty.types()).containsAllEntriesOf(FAMILIES);
        List.of("Ready", "Leased", "Running", "Completed").forEach(Steps::in);
        timedOut();
        Steps.in("Canceled");
        // The steps of any other would promote these two as well.
        List.of("RetryWait", "Scheduled").forEach(Steps::in);
        Scraped page = scrape();
        oneOfEach(page);
        assertThat(page.value("actionqueue_scheduling_lag_seconds_count")).isEqualTo(5);
        assertThat(page.value("actionqueue_executor_duration_seconds_count")).isEqualTo(3);
        assertThat(page.value("actionqueue_wal_append_total")).isPositive();
        assertThat(page.labels("actionqueue_")).isEqualTo(Set.of("state", "result", "le"));
        assertThat(page.value("leasehold_attempts_finished_total{result=timeout}")
                        - empty.value("leasehold_attempts_finished_total{result=timeout}"))
                .isEqualTo(1);
        clock(1500);
        assertThat(steady(scrape())).isEqualTo(steady(page));

        controlMayBeOff();
        configure("{\"leasehold.metrics\":\"off\"}");
        assertThat(api().get("metrics").status()).isEqualTo(404);
        configure("{\"leasehold.metrics\":\"on\"}");
        assertThat(api().get("metrics").status()).isEqualTo(200);
    }

    private static void controlMayBeOff() {
        String task = submit(script("ok"));
        List<String> orders = List.of(
                "tasks/" + task + "/cancel", "runs/" + runId(task) + "/cancel", "engine/pause", "engine/resume");
        configure("{\"leasehold.control\":\"off\"}");
        for (String path : orders) {
            Api.Answer answer = api().post("api/v1/" + path, "{}");
            assertThat(answer.status()).as(path).isEqualTo(404);
            assertThat(answer.body().get("error").asText()).isEqualTo("not_found");
        }
        assertThat(state(task)).isEqualTo("Scheduled");
        assertThat(tick().get("engine_paused").asBoolean()).isFalse();
        configure("{\"leasehold.control\":\"on\"}");
        orders.forEach(path -> accepted(api().post("api/v1/" + path, "{}")));
    }

    private static void oneOfEach(Scraped page) {
        for (String state : Steps.STATES) {
            String word = state.replaceFirst("(?<=y)W", "_w").toLowerCase(Locale.ROOT);
            if (state.equals("Suspended")) {
                assertThat(page.samples()).doesNotContainKey("actionqueue_runs_total{state=\"suspended\"}");
            } else {
                assertThat(page.value("actionqueue_runs_total{state=" + word + "}"))
                        .as(state)
                        .isEqualTo(1);
            }
        }
        assertThat(page.value("actionqueue_runs_ready")).isEqualTo(1);
        assertThat(page.value("actionqueue_runs_running")).isEqualTo(1);
        for (String result : List.of("success", "failure", "timeout")) {
            assertThat(page.value("actionqueue_attempts_total{result=" + result + "}"))
                    .as(result)
                    .isEqualTo(1);
        }
    }

    private static void timedOut() {
        String run = runId(submit(script("ok").type("timed").attempts(1)));
        accepted(Steps.move(run, "Scheduled", "Ready"));
        accepted(Steps.acquire(run));
        accepted(mutate("{'command':'AttemptStart','run_id':'" + run + "'}"));
        accepted(Steps.finish(run, Steps.attempt(run), "'result':'timeout','error':'x'"));
        assertThat(byId(run).get("state").asText()).isEqualTo("Failed");
    }

    private static Scraped scrape() {
        Api.Answer answer = api().get("metrics");
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.raw().headers().firstValue("Content-Type").orElseThrow())
                .startsWith("text/plain; version=0.0.4");
        return Scraped.of(answer.raw().body());
    }

    /** Without what is read of the store every few seconds, of clocks and of threads that go home. */
    private static Map<String, Double> steady(Scraped page) {
        Map<String, Double> steady = new HashMap<>(page.samples());
        steady.keySet()
                .removeIf(name -> name.matches("leasehold_(runs\\{|promotion_delay|feed|clock|worker_threads).*"));
        return steady;
    }
}

package dev.leasehold.conformance;

import dev.leasehold.run.RunState;
import io.prometheus.metrics.model.registry.MultiCollector;
import io.prometheus.metrics.model.snapshots.ClassicHistogramBuckets;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.CounterSnapshot.CounterDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot.HistogramDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * ActionQueue's families (AQ 9.7) beside ours, in the kit only. All are read from the store: a log that is appended to is
 * the event table here, and nothing is replayed at a start, so that what AQ counts of a recovery stays 0.
 */
@ApplicationScoped
public class ActionQueueFamilies implements MultiCollector {

    private static final double[] BOUNDS = {.005, .01, .025, .05, .1, .25, .5, 1, 2.5, 5, 10, Double.POSITIVE_INFINITY};
    private static final String WAL = "Total %s WAL append operations.";
    private static final String RUNS = "select state, count(*) from leasehold.run group by state";
    private static final String ATTEMPTS =
            "select result, count(*) from leasehold.attempt where result is not null group by result";
    private static final String EVENTS = "select 'events', count(*) from leasehold.event";
    private static final String DISPATCHES = """
            select r.scheduled_at, e.occurred_at
            from leasehold.event e
            join leasehold.run r on r.tenant_id = e.tenant_id and r.run_id = e.run_id
            where e.transitions like 'Ready>Leased%'
            """;
    private static final String EXECUTIONS =
            "select started_at, finished_at from leasehold.attempt where result is not null";

    @Inject
    Store store;

    @Override
    public MetricSnapshots collect() {
        Map<String, Long> runs = store.counts(RUNS);
        return MetricSnapshots.of(
                states(runs),
                gauge("actionqueue_runs_ready", runs, RunState.READY),
                gauge("actionqueue_runs_running", runs, RunState.RUNNING),
                results(store.counts(ATTEMPTS)),
                histogram(
                        "actionqueue_scheduling_lag_seconds",
                        "Observed scheduling lag in seconds between eligibility and dispatch.",
                        store.seconds(DISPATCHES)),
                histogram(
                        "actionqueue_executor_duration_seconds",
                        "Observed executor attempt duration in seconds.",
                        store.seconds(EXECUTIONS)),
                counter(
                        "actionqueue_wal_append",
                        WAL.formatted("successful"),
                        store.counts(EVENTS).getOrDefault("events", 0L)),
                counter("actionqueue_wal_append_failures", WAL.formatted("failed"), 0),
                histogram(
                        "actionqueue_recovery_time_seconds",
                        "Observed recovery replay duration in seconds.",
                        List.of()),
                counter(
                        "actionqueue_recovery_events_applied",
                        "Total recovery-applied events from snapshot hydration plus WAL replay.",
                        0));
    }

    /** AQ 9.3's eight: without the suspended ones. */
    private static GaugeSnapshot states(Map<String, Long> runs) {
        GaugeSnapshot.Builder gauge =
                GaugeSnapshot.builder().name("actionqueue_runs_total").help("Total runs by current lifecycle state.");
        for (RunState state : RunState.values()) {
            if (state != RunState.SUSPENDED) {
                gauge.dataPoint(point("state", state.snake(), runs.getOrDefault(state.word(), 0L)));
            }
        }
        return gauge.build();
    }

    private static GaugeSnapshot results(Map<String, Long> attempts) {
        return GaugeSnapshot.builder()
                .name("actionqueue_attempts_total")
                .help("Total attempt outcomes by result taxonomy.")
                .dataPoint(point("result", "success", attempts.getOrDefault("Success", 0L)))
                .dataPoint(point("result", "failure", attempts.getOrDefault("Failure", 0L)))
                .dataPoint(point("result", "timeout", attempts.getOrDefault("Timeout", 0L)))
                .build();
    }

    private static GaugeDataPointSnapshot point(String label, String word, long count) {
        return GaugeDataPointSnapshot.builder()
                .labels(Labels.of(label, word))
                .value((double) count)
                .build();
    }

    private static GaugeSnapshot gauge(String name, Map<String, Long> runs, RunState state) {
        double count = (double) runs.getOrDefault(state.word(), 0L);
        return GaugeSnapshot.builder()
                .name(name)
                .help("Number of runs currently in the " + state.snake() + " state.")
                .dataPoint(GaugeDataPointSnapshot.builder().value(count).build())
                .build();
    }

    private static CounterSnapshot counter(String name, String help, long count) {
        return CounterSnapshot.builder()
                .name(name)
                .help(help)
                .dataPoint(
                        CounterDataPointSnapshot.builder().value((double) count).build())
                .build();
    }

    private static HistogramSnapshot histogram(String name, String help, List<Double> seconds) {
        List<Long> counts = new ArrayList<>();
        double below = Double.NEGATIVE_INFINITY;
        for (double bound : BOUNDS) {
            double least = below;
            counts.add(
                    seconds.stream().filter(one -> one > least && one <= bound).count());
            below = bound;
        }
        double sum = seconds.stream().mapToDouble(Double::doubleValue).sum();
        return HistogramSnapshot.builder()
                .name(name)
                .help(help)
                .dataPoint(HistogramDataPointSnapshot.builder()
                        .classicHistogramBuckets(ClassicHistogramBuckets.of(BOUNDS, counts.toArray(Long[]::new)))
                        .sum(sum)
                        .build())
                .build();
    }
}

package dev.leasehold.gauge;

import dev.leasehold.node.Node;
import dev.leasehold.time.DatabaseClock;
import dev.leasehold.time.Leasehold;
import dev.leasehold.wake.Wakes;
import dev.leasehold.worker.Dispatcher;
import dev.leasehold.worker.InHand;
import dev.leasehold.worker.Threads;
import io.prometheus.metrics.model.registry.MultiCollector;
import io.prometheus.metrics.model.snapshots.InfoSnapshot;
import io.prometheus.metrics.model.snapshots.InfoSnapshot.InfoDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** What this node is doing now. */
@ApplicationScoped
public class NodeGauges implements MultiCollector {

    private static final String READY = "ready";
    private static final List<String> STATES =
            List.of(READY, "bootstrap_incomplete", "config_invalid", "clock_behind", "flush_failing");

    @Inject
    Node node;

    @Inject
    Dispatcher dispatcher;

    @Inject
    InHand inHand;

    @Inject
    Wakes wakes;

    @Inject
    @Leasehold
    DatabaseClock clock;

    private final String version = Version.read();

    @Override
    public MetricSnapshots collect() {
        Threads threads = dispatcher.threads();
        return MetricSnapshots.of(
                Samples.of("leasehold_node_state", "1 for what this node's readiness says.", "state", state()),
                Samples.of(
                        "leasehold_worker_threads",
                        "Worker threads that are here.",
                        "state",
                        Map.of("busy", threads.busy(), "waiting", threads.waiting())),
                Samples.of(
                        "leasehold_worker_threads_allowed",
                        "Worker threads that may be here at once.",
                        threads.allowed()),
                Samples.of(
                        "leasehold_runs_in_hand",
                        "Runs taken by this node's workers whose result is not stored yet.",
                        inHand.count()),
                Samples.of(
                        "leasehold_wake_listening",
                        "Whether work that other nodes make ready is heard of at once.",
                        wakes.listening() ? 1 : 0),
                Samples.of(
                        "leasehold_clock_offset_seconds",
                        "How far the database's clock is ahead of this machine's, as it is in force.",
                        clock.offset().toNanos() / (double) TimeUnit.SECONDS.toNanos(1)),
                build());
    }

    private Map<String, Integer> state() {
        String now = node.hindrance().map(Node.Hindrance::status).orElse(READY);
        Map<String, Integer> states = new LinkedHashMap<>();
        STATES.forEach(state -> states.put(state, state.equals(now) ? 1 : 0));
        return states;
    }

    private InfoSnapshot build() {
        return InfoSnapshot.builder()
                .name("leasehold_build")
                .help("What runs here.")
                .dataPoint(InfoDataPointSnapshot.builder()
                        .labels(Labels.of("version", version))
                        .build())
                .build();
    }
}

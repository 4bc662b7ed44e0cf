package dev.leasehold.metric;

import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.Histogram;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.util.Arrays;

/** The families that commands feed. Labels have few values, all known here and all shown from the start. */
final class Families {

    private static final String[] STATUSES = {"created", "exists", "rejected"};
    private static final String[] RESULTS = {"success", "failure", "timeout", "suspended", "canceled"};
    private static final String[] ENDS = {"completed", "failed", "canceled"};
    private static final String[] LOSSES = {"canceled", "expired", "released", "finished", "not_yours"};

    private static final String[] DRIFTS = {"stale", "expired", "missing"};

    private static final double[] WAITS = {
        0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300, 1800, 3600
    };
    private static final double[] COMMANDS = {
        0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10
    };

    final PrometheusRegistry registry = new PrometheusRegistry();

    final Counter tasksSubmitted = counter("leasehold_tasks_submitted", "Tasks submitted.", "status", STATUSES);
    final Counter runsSubmitted = counter("leasehold_runs_submitted", "Runs that submissions created.");
    final Counter runsPromoted = counter("leasehold_runs_promoted", "Runs made ready because their instant had come.");
    final Counter runsClaimed = counter("leasehold_runs_claimed", "Runs leased to workers.");
    final Counter runsEnded = counter("leasehold_runs_ended", "Runs that came to their end.", "state", ENDS);
    final Counter claims = counter("leasehold_claims", "Claims of workers.", "granted", "some", "none");
    final Counter attemptsStarted = counter("leasehold_attempts_started", "Attempts started.");
    final Counter attemptsFinished = counter(
            "leasehold_attempts_finished",
            "Attempts that were finished, by their workers or by the system.",
            "result",
            RESULTS);
    final Counter leasesExpired = counter("leasehold_leases_expired", "Leases ended because nobody kept them.");
    final Counter leasesLost =
            counter("leasehold_leases_lost", "Leases that workers named and did not have.", "reason", LOSSES);
    final Counter registryChecked = counter(
            "leasehold_registry_checked", "Attempts and leases of this node that were compared with one another.");
    final Counter registryDrift =
            counter("leasehold_registry_drift", "Attempts and leases of this node that did not agree.", "kind", DRIFTS);
    final Counter roundsFailed =
            counter("leasehold_rounds_failed", "Rounds of this node's workers that could not be stored.");
    final Histogram lag = histogram(
                    "leasehold_scheduling_lag_seconds", "From ready to leased, once for each lease of a run.", WAITS)
            .register(registry);
    final Histogram attempts = histogram(
                    "leasehold_attempt_duration_seconds", "From an attempt's start to its end.", WAITS)
            .labelNames("result")
            .register(registry);
    final Histogram commands = histogram(
                    "leasehold_command_duration_seconds",
                    "From a command's begin to the commit of its transaction.",
                    COMMANDS)
            .labelNames("command")
            .register(registry);

    Families() {
        Arrays.stream(RESULTS).forEach(attempts::initLabelValues);
        Arrays.stream(Command.values()).map(Command::word).forEach(commands::initLabelValues);
    }

    private Counter counter(String name, String help) {
        return Counter.builder().name(name).help(help).withoutExemplars().register(registry);
    }

    private Counter counter(String name, String help, String label, String... values) {
        Counter counter = Counter.builder()
                .name(name)
                .help(help)
                .labelNames(label)
                .withoutExemplars()
                .register(registry);
        Arrays.stream(values).forEach(counter::initLabelValues);
        return counter;
    }

    private static Histogram.Builder histogram(String name, String help, double... bounds) {
        return Histogram.builder()
                .name(name)
                .help(help)
                .classicOnly()
                .classicUpperBounds(bounds)
                .withoutExemplars();
    }
}

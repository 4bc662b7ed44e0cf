package dev.leasehold.metric;

import dev.leasehold.sql.Claimed;
import dev.leasehold.sql.Transactions;
import dev.leasehold.time.Stopwatch;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Counts what commands do, since this process started. Whatever a command reports is counted once its transaction has
 * committed, and not at all when it rolls back.
 */
@ApplicationScoped
public class Meter {

    private record Pending(List<Runnable> counts) {
        void count() {
            counts.forEach(Runnable::run);
        }
    }

    private final Families families = new Families();

    @Inject
    Transactions transactions;

    /** All families of this process; others may be added. */
    public PrometheusRegistry registry() {
        return families.registry;
    }

    /** Measures from now until the current transaction has committed. */
    public void times(Command command) {
        Stopwatch watch = new Stopwatch(null);
        onCommit(() -> families.commands.labelValues(command.word()).observe(seconds(watch.elapsed())));
    }

    /** A task was created with that many runs, exists already or was rejected. */
    public void submitted(Enum<?> status, int runs) {
        onCommit(() -> {
            families.tasksSubmitted.labelValues(word(status.name())).inc();
            families.runsSubmitted.inc(runs);
        });
    }

    /** So many runs were made ready because their instant had come. */
    public void promoted(int runs) {
        onCommit(() -> families.runsPromoted.inc(runs));
    }

    /** A worker asked for runs and got these. */
    public void claimed(Instant now, List<Claimed> runs) {
        onCommit(() -> {
            families.claims.labelValues(runs.isEmpty() ? "none" : "some").inc();
            families.runsClaimed.inc(runs.size());
            runs.stream()
                    .map(Claimed::readyAt)
                    .filter(ready -> ready != null)
                    .forEach(ready -> families.lag.observe(seconds(Duration.between(ready, now))));
            families.attemptsStarted.inc(
                    runs.stream().filter(run -> run.attemptId() != null).count());
        });
    }

    /** So many attempts of leased runs were started. */
    public void started(int attempts) {
        onCommit(() -> families.attemptsStarted.inc(attempts));
    }

    /**
     * An attempt ended.
     *
     * @param result the result's word; null when it was cut off
     * @param startedAt when it began; null where that is not known
     */
    public void attemptEnded(@Nullable String result, @Nullable Instant startedAt, Instant now) {
        String word = result == null ? "canceled" : word(result);
        onCommit(() -> {
            families.attemptsFinished.labelValues(word).inc();
            if (startedAt != null) {
                families.attempts.labelValues(word).observe(seconds(Duration.between(startedAt, now)));
            }
        });
    }

    /** A run went to that state; its end is counted. */
    public void runMoved(String state, boolean terminal) {
        if (terminal) {
            onCommit(() -> families.runsEnded.labelValues(word(state)).inc());
        }
    }

    /** So many leases were ended because nobody kept them. */
    public void leasesExpired(int leases) {
        onCommit(() -> families.leasesExpired.inc(leases));
    }

    /** A worker named a lease that it does not have. */
    public void leaseLost(Enum<?> reason) {
        onCommit(() -> families.leasesLost.labelValues(word(reason.name())).inc());
    }

    /** A round of this node's workers could not be stored. Counted at once, since nothing is committed. */
    public void roundFailed() {
        families.roundsFailed.inc();
    }

    /** This node compared so many attempts and leases of its own. Counted at once, as what follows is. */
    public void registryChecked(int checked) {
        families.registryChecked.inc(checked);
    }

    /** One of them did not agree. */
    public void registryDrift(Enum<?> kind) {
        families.registryDrift.labelValues(word(kind.name())).inc();
    }

    private void onCommit(Runnable count) {
        transactions
                .keep(Pending.class, () -> {
                    Pending pending = new Pending(new ArrayList<>());
                    transactions.afterCommit(pending::count);
                    return pending;
                })
                .counts()
                .add(count);
    }

    private static String word(String name) {
        return name.toLowerCase(Locale.ROOT);
    }

    /** Not below 0: a clock of another node may be a little ahead. */
    private static double seconds(Duration duration) {
        return Math.max(0, duration.toNanos()) / (double) TimeUnit.SECONDS.toNanos(1);
    }
}

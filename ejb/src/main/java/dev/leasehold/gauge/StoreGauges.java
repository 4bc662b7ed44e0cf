package dev.leasehold.gauge;

import dev.leasehold.fault.Unavailable;
import dev.leasehold.run.RunState;
import dev.leasehold.sql.Figures;
import dev.leasehold.sql.OutcomeUnknown;
import dev.leasehold.sql.QueueSession;
import dev.leasehold.sql.Transactions;
import dev.leasehold.sql.Transient;
import dev.leasehold.time.Leasehold;
import io.prometheus.metrics.model.registry.MultiCollector;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.PersistenceException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** What the database says of all tenants' runs, read at most every five seconds; only that it is down when it is. */
@ApplicationScoped
public class StoreGauges implements MultiCollector {

    private static final Duration LEAST = Duration.ofSeconds(5);
    private static final String UP = "leasehold_database_up";

    @Inject
    Transactions transactions;

    @Inject
    QueueSession session;

    @Inject
    @Leasehold
    Clock clock;

    private final Lasting<Optional<Figures>> figures = new Lasting<>(LEAST, this::read);

    @Override
    public MetricSnapshots collect() {
        MetricSnapshots.Builder all = MetricSnapshots.builder();
        Optional<Figures> found = figures.get();
        all.metricSnapshot(
                Samples.of(UP, "Whether the database answered when it was last read.", found.isPresent() ? 1 : 0));
        found.ifPresent(store -> {
            all.metricSnapshot(Samples.of("leasehold_runs", "Runs by their state.", "state", byState(store)));
            all.metricSnapshot(Samples.of(
                    "leasehold_promotion_delay_seconds",
                    "How long the run that is due longest has been due.",
                    delay(store.longestDue())));
            all.metricSnapshot(
                    Samples.of("leasehold_feed_position", "The position up to which the feed is complete.", (double)
                            store.position()));
        });
        return all.build();
    }

    private Optional<Figures> read() {
        try {
            return Optional.of(transactions.inNew(() -> session.work(Figures::read)));
        } catch (OutcomeUnknown | Unavailable e) {
            return Optional.empty();
        } catch (PersistenceException e) {
            if (Transient.is(e)) {
                return Optional.empty();
            }
            throw e;
        }
    }

    private static Map<String, Long> byState(Figures store) {
        Map<String, Long> counts = new LinkedHashMap<>();
        for (RunState state : RunState.values()) {
            counts.put(state.snake(), store.runs().getOrDefault(state.snake(), 0L));
        }
        return counts;
    }

    private double delay(@Nullable Instant due) {
        Duration since = due == null ? Duration.ZERO : Duration.between(due, clock.instant());
        return Math.max(0, since.toNanos()) / (double) TimeUnit.SECONDS.toNanos(1);
    }
}

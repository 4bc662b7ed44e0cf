package dev.leasehold.task;

import dev.leasehold.api.NewTask;
import dev.leasehold.api.Rate;
import dev.leasehold.sql.KnownLanes;
import dev.leasehold.sql.LaneStatement.Lane;
import dev.leasehold.sql.PermitNames;
import dev.leasehold.sql.PermitNames.Wanted;
import dev.leasehold.sql.PermitScope;
import dev.leasehold.sql.QueueSession;
import dev.leasehold.sql.SubmitStatement.GateRow;
import dev.leasehold.tenant.Caller;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Opens what tasks stand in and wait for: lanes, concurrency keys and rates. */
@ApplicationScoped
public class Openings {

    private static final int ONE = 1;

    @Inject
    QueueSession session;

    @Inject
    KnownLanes lanes;

    @Inject
    PermitNames permits;

    /** The numbers of what is open now. */
    record Opened(Map<Lane, Long> lanes, Map<String, Long> keys, Map<String, Long> rates) {

        long lane(TaskSpec spec) {
            return Objects.requireNonNull(lanes.get(Openings.lane(spec)));
        }

        GateRow gates(TaskSpec spec) {
            String key = spec.gates().concurrencyKey();
            Rate rate = spec.gates().rate();
            return new GateRow(
                    spec.gates(), key == null ? null : keys.get(key), rate == null ? null : rates.get(rate.name()));
        }
    }

    Opened open(Caller caller, Collection<TaskSpec> specs) {
        UUID tenant = caller.tenant();
        TreeMap<String, Wanted> keys = new TreeMap<>();
        TreeMap<String, Wanted> rates = new TreeMap<>();
        for (TaskSpec spec : specs) {
            key(keys, spec.gates().concurrencyKey());
            rate(rates, spec.gates().rate());
        }
        Map<Lane, Long> standing =
                lanes.open(tenant, specs.stream().map(Openings::lane).collect(Collectors.toSet()));
        if (keys.isEmpty() && rates.isEmpty()) {
            return new Opened(standing, Map.of(), Map.of());
        }
        return session.work(connection -> new Opened(
                standing,
                permits.open(connection, tenant, PermitScope.KEY, List.copyOf(keys.values())),
                permits.openWith(connection, tenant, PermitScope.RATE, List.copyOf(rates.values()))));
    }

    private static void key(Map<String, Wanted> keys, @Nullable String key) {
        if (key != null) {
            keys.put(key, new Wanted(key, ONE, null));
        }
    }

    private static void rate(Map<String, Wanted> rates, @Nullable Rate rate) {
        if (rate != null) {
            rates.put(rate.name(), new Wanted(rate.name(), rate.limit(), rate.period()));
        }
    }

    /** The lane of a task that requires no capabilities. */
    static Lane plainLane(NewTask task) {
        return new Lane(task.queue() == null ? TaskSpec.DEFAULT_QUEUE : task.queue(), task.type(), "");
    }

    private static Lane lane(TaskSpec spec) {
        return new Lane(spec.queue(), spec.type(), spec.capabilities());
    }
}

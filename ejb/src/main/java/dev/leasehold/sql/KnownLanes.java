package dev.leasehold.sql;

import dev.leasehold.sql.LaneStatement.Lane;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Opens lanes, and remembers those that are there for good: a lane is never deleted and keeps its number. What a transaction
 * has found or opened counts once it is committed, and so nothing is remembered of one that was rolled back.
 */
@ApplicationScoped
public class KnownLanes {

    private static final int MOST = 10_000;

    private record Key(UUID tenant, Lane lane) {}

    private final Map<Key, Long> known = new ConcurrentHashMap<>();

    @Inject
    QueueSession session;

    @Inject
    LaneStatement statement;

    @Inject
    Transactions transactions;

    /** Whether it is remembered: opening it will wait for nobody. */
    public boolean knows(UUID tenant, Lane lane) {
        return known.containsKey(new Key(tenant, lane));
    }

    /** The number of each of these lanes; a new lane is part of the transaction. */
    public Map<Lane, Long> open(UUID tenant, Set<Lane> lanes) {
        boolean all = lanes.stream().allMatch(lane -> known.containsKey(new Key(tenant, lane)));
        return all ? remembered(tenant, lanes) : session.work(connection -> opened(connection, tenant, lanes));
    }

    private Map<Lane, Long> remembered(UUID tenant, Set<Lane> lanes) {
        return lanes.stream()
                .collect(Collectors.toMap(
                        Function.identity(), lane -> Objects.requireNonNull(known.get(new Key(tenant, lane)))));
    }

    private Map<Lane, Long> opened(Connection connection, UUID tenant, Set<Lane> lanes) throws SQLException {
        Map<Lane, Long> opened = statement.open(connection, tenant, lanes);
        transactions.afterCommit(() -> {
            if (known.size() < MOST) {
                opened.forEach((lane, number) -> known.put(new Key(tenant, lane), number));
            }
        });
        return opened;
    }
}

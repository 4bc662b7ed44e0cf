package dev.leasehold.bench;

import dev.leasehold.bench.contender.Case;
import dev.leasehold.bench.contender.Workload;
import java.util.List;
import java.util.Map;

/**
 * Every case.
 *
 * <p>Options of W1: {@code threads}, {@code batch} (runs for each call). Of W3: {@code per_second}, {@code other_node}. Of W4: {@code finished} and
 * {@code future}, rows beside those that are drained. Of W5: {@code threads} of the client, {@code batch} of each request. Of
 * W7: {@code workers}. Of W8: {@code other_node}.
 */
final class Cases {
    static final List<Case> ALL = List.of(
            new Case("W1.single1", Workload.W1, 12_000, Map.of("threads", "1", "batch", "1")),
            new Case("W1.single8", Workload.W1, 40_000, Map.of("threads", "8", "batch", "1")),
            new Case("W1.bulk", Workload.W1, 200_000, Map.of("threads", "1", "batch", "1000")),
            new Case("W2", Workload.W2, 500_000, Map.of()),
            new Case("W3.local", Workload.W3, 1_000, Map.of("per_second", "50")),
            new Case("W3.other", Workload.W3, 1_000, Map.of("per_second", "50", "other_node", "true")),
            new Case("W4", Workload.W4, 500_000, Map.of("finished", "1000000", "future", "500000")),
            new Case("W5.1", Workload.W5, 10_000, Map.of("threads", "16", "batch", "1")),
            new Case("W5.10", Workload.W5, 50_000, Map.of("threads", "8", "batch", "10")),
            new Case("W5.100", Workload.W5, 200_000, Map.of("threads", "4", "batch", "100")),
            new Case("W6", Workload.W6, 500_000, Map.of("load", "W2")),
            workers(1),
            workers(2),
            workers(4),
            workers(8),
            workers(16),
            workers(32),
            workers(64),
            new Case("W8.local", Workload.W8, 100, Map.of()),
            new Case("W8.other", Workload.W8, 100, Map.of("other_node", "true")));

    private Cases() {}

    private static Case workers(int number) {
        return new Case("W7." + number, Workload.W7, 300_000, Map.of("workers", Integer.toString(number)));
    }

    static Case of(String id) {
        return ALL.stream()
                .filter(c -> c.id().equals(id))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no case " + id));
    }
}

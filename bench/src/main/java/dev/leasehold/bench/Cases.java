package dev.leasehold.bench;

import dev.leasehold.bench.contender.Case;
import dev.leasehold.bench.contender.Workload;
import java.util.List;
import java.util.Map;

/**
 * Every case.
 *
 * <p>Options of W1: {@code threads}, {@code batch} (runs for each call). Of W3: {@code per_second}. Of W4: {@code finished} and
 * {@code future}, rows beside those that are drained.
 */
final class Cases {
    static final List<Case> ALL = List.of(
            new Case("W1.single1", Workload.W1, 12_000, Map.of("threads", "1", "batch", "1")),
            new Case("W1.single8", Workload.W1, 20_000, Map.of("threads", "8", "batch", "1")),
            new Case("W1.bulk", Workload.W1, 200_000, Map.of("threads", "1", "batch", "1000")),
            new Case("W2", Workload.W2, 500_000, Map.of()),
            new Case("W3.local", Workload.W3, 1_000, Map.of("per_second", "50")),
            new Case("W4", Workload.W4, 500_000, Map.of("finished", "1000000", "future", "500000")));

    private Cases() {}

    static Case of(String id) {
        return ALL.stream()
                .filter(c -> c.id().equals(id))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no case " + id));
    }
}

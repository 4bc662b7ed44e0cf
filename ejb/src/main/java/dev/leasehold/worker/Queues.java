package dev.leasehold.worker;

import dev.leasehold.lease.ClaimRuns;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The queues that a desk serves.
 *
 * @param only these; null for all
 * @param but not these
 */
public record Queues(@Nullable List<String> only, List<String> but) {

    /** All queues. */
    public static final Queues ALL = new Queues(null, List.of());

    static Queues one(String name) {
        return new Queues(List.of(name), List.of());
    }

    /** Those that have no desk of their own. */
    static Queues others(Collection<String> named) {
        return new Queues(null, List.copyOf(named));
    }

    ClaimRuns.Filter filter(Collection<String> types, List<String> capabilities) {
        return new ClaimRuns.Filter(List.copyOf(types), only, but, capabilities);
    }
}

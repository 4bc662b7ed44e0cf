package dev.leasehold.conformance;

import dev.leasehold.run.RunState;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What a mutation is judged by.
 *
 * @param id the run
 * @param state its state
 * @param lease its lease, if it has one
 */
record RunFacts(UUID id, RunState state, @Nullable Holding lease) {

    /** A lease, with the attempt that is open under it. */
    record Holding(
            String owner,
            long fence,
            Instant expiry,
            @Nullable UUID attemptId) {}

    @Nullable
    UUID attemptId() {
        return lease == null ? null : lease.attemptId();
    }
}

package dev.leasehold.run;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A run with the queue and the type that it stands in.
 *
 * @param run the run
 * @param lane its lane
 * @param concurrencyKey the key that it holds or waits for
 * @param rerunOf the run that it is a re-run of
 */
public record RunInLane(
        Run run,
        Lane lane,
        @Nullable String concurrencyKey,
        @Nullable UUID rerunOf) {}

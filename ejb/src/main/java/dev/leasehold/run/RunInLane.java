package dev.leasehold.run;

import org.jspecify.annotations.Nullable;

/**
 * A run with the queue and the type that it stands in.
 *
 * @param run the run
 * @param lane its lane
 * @param concurrencyKey the key that it holds or waits for
 */
public record RunInLane(Run run, Lane lane, @Nullable String concurrencyKey) {}

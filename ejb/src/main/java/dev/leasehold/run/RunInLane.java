package dev.leasehold.run;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A run and its lane, as lists and details show them.
 *
 * @param run the run
 * @param lane its queue and type
 * @param rerunOf the run that it is a re-run of
 */
public record RunInLane(Run run, Lane lane, @Nullable UUID rerunOf) {}

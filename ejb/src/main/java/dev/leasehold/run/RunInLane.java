package dev.leasehold.run;

/**
 * A run and its lane, as lists and details show them.
 *
 * @param run the run
 * @param lane its queue and type
 */
public record RunInLane(Run run, Lane lane) {}

package dev.leasehold.client;

import java.util.Map;

/**
 * Counts of everything (AQ 9.3).
 *
 * @param runsByState by a state's name in filters, such as {@code retry_wait}
 */
public record Stats(
        long totalTasks, long totalRuns, long attemptsTotal, Map<String, Long> runsByState, long latestSequence) {}

package dev.leasehold.api;

import java.time.Duration;

/**
 * Asks for several runs of one task, the first at the task's instant and the others at equal distances after it.
 *
 * @param count how many runs, 1 or more; at most 1000 of them stand derived at a time
 * @param interval the distance between two, at least a second
 */
public record Repeat(int count, Duration interval) implements RunPolicy {}

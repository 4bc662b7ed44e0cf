package dev.leasehold.testing;

/**
 * What a {@link CrashExplorer} has tried without finding fault.
 *
 * @param schedules how many schedules of faults, the one without any included
 * @param steps how many steps the attempts take when nothing goes wrong: statements and commits
 */
public record Exploration(int schedules, int steps) {}

package dev.leasehold.api;

import java.time.Duration;

/**
 * How many runs may be started within a period, all tasks that name the same rate together. The numbers of the latest
 * task hold for all.
 *
 * @param name 1 to 255 characters
 * @param limit how many leases within the period, 1 to 100,000
 * @param period from 1 second to 24 hours
 */
public record Rate(String name, int limit, Duration period) {}

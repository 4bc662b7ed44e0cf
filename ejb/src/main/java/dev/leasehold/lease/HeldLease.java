package dev.leasehold.lease;

import java.util.UUID;

/**
 * A lease as its worker names it.
 *
 * @param owner the worker
 * @param runId the run
 * @param fence the lease's number
 */
public record HeldLease(String owner, UUID runId, long fence) {}

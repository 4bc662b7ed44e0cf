package dev.leasehold.attempt;

import jakarta.persistence.Column;
import jakarta.persistence.Embeddable;
import java.util.UUID;

/**
 * An attempt within its run.
 *
 * @param tenantId the tenant
 * @param runId the run
 * @param number the attempt's number, from 1
 */
@Embeddable
public record AttemptKey(
        @Column(name = "tenant_id") UUID tenantId,
        @Column(name = "run_id") UUID runId,
        @Column(name = "number") int number) {}

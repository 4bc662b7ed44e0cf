package dev.leasehold.run;

import jakarta.persistence.Column;
import jakarta.persistence.Embeddable;
import java.util.UUID;

/**
 * A run within its tenant.
 *
 * @param tenantId the tenant
 * @param runId the run
 */
@Embeddable
public record RunKey(
        @Column(name = "tenant_id") UUID tenantId,
        @Column(name = "run_id") UUID runId) {}

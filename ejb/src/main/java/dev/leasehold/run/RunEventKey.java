package dev.leasehold.run;

import jakarta.persistence.Column;
import jakarta.persistence.Embeddable;
import java.util.UUID;

/**
 * A run's event.
 *
 * @param tenantId the tenant
 * @param runId the run
 * @param version the event's number within the run, gapless from 1
 */
@Embeddable
public record RunEventKey(
        @Column(name = "tenant_id") UUID tenantId,
        @Column(name = "run_id") UUID runId,
        @Column(name = "version") int version) {}

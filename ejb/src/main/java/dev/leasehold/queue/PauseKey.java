package dev.leasehold.queue;

import jakarta.persistence.Column;
import jakarta.persistence.Embeddable;
import java.util.UUID;

/**
 * What is paused, within its tenant.
 *
 * @param tenantId the tenant
 * @param queue the queue; empty for all of them
 */
@Embeddable
public record PauseKey(
        @Column(name = "tenant_id") UUID tenantId,
        @Column(name = "queue") String queue) {}

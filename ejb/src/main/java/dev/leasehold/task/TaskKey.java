package dev.leasehold.task;

import jakarta.persistence.Column;
import jakarta.persistence.Embeddable;
import java.util.UUID;

/**
 * A task within its tenant.
 *
 * @param tenantId the tenant
 * @param taskId the task
 */
@Embeddable
public record TaskKey(
        @Column(name = "tenant_id") UUID tenantId,
        @Column(name = "task_id") UUID taskId) {}

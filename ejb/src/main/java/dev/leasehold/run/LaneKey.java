package dev.leasehold.run;

import jakarta.persistence.Column;
import jakarta.persistence.Embeddable;
import java.util.UUID;

/**
 * A lane within its tenant.
 *
 * @param tenantId the tenant
 * @param laneId the lane's number
 */
@Embeddable
public record LaneKey(
        @Column(name = "tenant_id") UUID tenantId,
        @Column(name = "lane_id") long laneId) {}

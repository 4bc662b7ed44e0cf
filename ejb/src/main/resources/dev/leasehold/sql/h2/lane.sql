select lane_id from leasehold.lane where tenant_id = :tenant and queue = :queue and type = :type and requires = :requires

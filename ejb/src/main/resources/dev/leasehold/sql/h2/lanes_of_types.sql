select lane_id from leasehold.lane where tenant_id = :tenant and type = any (:types) order by lane_id

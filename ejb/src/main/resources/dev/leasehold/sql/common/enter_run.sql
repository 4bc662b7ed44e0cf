update leasehold.run
set claim_lane = lane_id, parked_on = null
where tenant_id = :tenant and run_id = :run_id and state = 'Ready'

update leasehold.run
set claim_lane = null, parked_on = :permit
where tenant_id = :tenant and run_id = :run_id and version = :version and claim_lane is not null

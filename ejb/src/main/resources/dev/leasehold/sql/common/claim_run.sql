update leasehold.run
set state = 'Leased', claim_lane = null, parked_on = null, fence = fence + 1, version = version + 1, pos = :pos, last_event_at = :occurred_at
where tenant_id = :tenant and run_id = :run_id and version = :version and claim_lane is not null

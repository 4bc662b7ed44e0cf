update leasehold.run
set state = 'Running', claim_lane = null, parked_on = null, fence = fence + 1, attempts_started = attempts_started + 1, expires_at = null,
  version = version + 1, pos = :pos, last_event_at = :occurred_at
where tenant_id = :tenant and run_id = :run_id and version = :version and claim_lane is not null

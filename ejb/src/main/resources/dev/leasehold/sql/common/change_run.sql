update leasehold.run
set state = :state, lane_id = :lane,
  claim_lane = case when :claimable then cast(:lane as bigint) end, parked_on = null,
  expires_at = case when :state in ('Scheduled', 'Ready', 'Leased') then expires_at end,
  held = :held, waits = :waits, due_at = :due_at, scheduled_at = :scheduled_at, priority = :priority,
  version = version + 1, pos = :pos, last_event_at = :occurred_at
where tenant_id = :tenant and run_id = :run_id and version = :version

update leasehold.run
set state = 'Ready', claim_lane = case when not held and not waits then lane_id end, due_at = null, priority = :priority,
  version = version + 1, pos = :pos, last_event_at = :occurred_at
where tenant_id = :tenant and run_id = :run_id and version = :version

insert into leasehold.run (
  tenant_id, run_id, task_id, lane_id, state, claim_lane, held, due_at, priority, scheduled_at, created_at, last_event_at,
  version, fence, pos, attempts_started, attempts_suspended)
values (
  :tenant, :run_id, :task_id, :lane, :state,
  case when :claimable then cast(:lane as bigint) end,
  false, :due_at, :priority, :scheduled_at, :now, :now, 1, 0, :pos, 0, 0)

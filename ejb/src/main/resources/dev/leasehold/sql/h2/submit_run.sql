insert into leasehold.run (
  tenant_id, run_id, task_id, lane_id, state, claim_lane, held, gated, holds, expires_at, due_at, priority, scheduled_at, created_at, last_event_at,
  version, fence, pos, attempts_started, attempts_suspended)
values (
  :tenant, :run_id, :task_id, :lane,
  case when :due then 'Ready' else 'Scheduled' end,
  case when :due then cast(:lane as bigint) end,
  false, :gated, false, :expires_at,
  case when not :due then cast(:scheduled_at as timestamp(6) with time zone) end,
  case when :due then cast(:priority as integer) else 0 end,
  :scheduled_at, :now, :now, 1, 0, :pos, 0, 0)

insert into leasehold.run (
  tenant_id, run_id, task_id, lane_id, state, claim_lane, held, gated, holds, due_at, priority, scheduled_at, created_at, last_event_at,
  version, fence, pos, attempts_started, attempts_suspended)
values (
  :tenant, :run_id, :task_id, :lane,
  case when :due then 'Ready' else 'Scheduled' end,
  case when :due then cast(:lane as bigint) end,
  false, (select o.gated from leasehold.run o where o.tenant_id = :tenant and o.run_id = :rerun_of), false,
  case when not :due then cast(:now as timestamp(6) with time zone) end,
  :priority, :now, :now, :now, 1, 0, :pos, 0, 0)

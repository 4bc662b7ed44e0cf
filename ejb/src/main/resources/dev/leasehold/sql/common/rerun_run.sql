insert into leasehold.run (
  tenant_id, run_id, task_id, lane_id, state, claim_lane, held, gated, holds, again, due_at, priority, scheduled_at, created_at, last_event_at,
  version, fence, pos, attempts_started, attempts_suspended)
values (
  :tenant, :run_id, :task_id, :lane,
  case when :due then 'Ready' else 'Scheduled' end,
  null,
  false, (
    select t.key_permit is not null or t.rate_permit is not null or t.task_permit is not null
    from leasehold.task t
    where t.tenant_id = :tenant and t.task_id = :task_id), false, true,
  case when not :due then cast(:now as timestamp(6) with time zone) end,
  :priority, :now, :now, :now, 1, 0, :pos, 0, 0)

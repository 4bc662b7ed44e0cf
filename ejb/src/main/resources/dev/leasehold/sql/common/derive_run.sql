insert into leasehold.run (
  tenant_id, run_id, task_id, lane_id, state, claim_lane, held, gated, holds, expires_at, due_at, priority, scheduled_at,
  created_at, last_event_at, version, fence, pos, attempts_started, attempts_suspended)
select
  t.tenant_id, cast(:run_id as uuid), t.task_id, cast(:lane as bigint), cast(:state as varchar(9)),
  null,
  false, t.key_permit is not null or t.rate_permit is not null or t.task_permit is not null, false, t.expires_at,
  cast(:due_at as timestamp(6) with time zone), cast(:priority as integer),
  cast(:scheduled_at as timestamp(6) with time zone), cast(:now as timestamp(6) with time zone),
  cast(:now as timestamp(6) with time zone), 1, 0, cast(:pos as bigint), 0, 0
from leasehold.task t
where t.tenant_id = :tenant and t.task_id = :task_id

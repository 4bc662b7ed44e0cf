select
  r.state, r.version, r.fence, l.fence as lease_fence, r.attempts_started, r.attempts_suspended,
  l.attempt_id as open_attempt_id, r.priority, r.scheduled_at,
  case
    when r.state = 'Scheduled' and r.due_at is null and exists (
      select 1
      from leasehold.firing f
      join leasehold.schedule s on s.tenant_id = f.tenant_id and s.task_id = f.task_id
      where f.tenant_id = r.tenant_id and f.run_id = r.run_id and s.expression is not null)
    then r.scheduled_at
    else r.due_at
  end as due_at,
  r.held, r.last_event_at, r.pos
from leasehold.run r
left join leasehold.lease l on l.tenant_id = r.tenant_id and l.run_id = r.run_id
where r.tenant_id = :tenant and r.run_id = :run_id

select
  r.state, r.version, r.fence, l.fence as lease_fence, r.attempts_started, r.attempts_suspended,
  l.attempt_id as open_attempt_id, r.priority, r.scheduled_at, r.due_at, r.held, r.last_event_at, r.pos
from leasehold.run r
left join leasehold.lease l on l.tenant_id = r.tenant_id and l.run_id = r.run_id
where r.tenant_id = :tenant and r.run_id = :run_id

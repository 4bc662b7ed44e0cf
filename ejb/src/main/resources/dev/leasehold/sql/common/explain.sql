select
  r.state, r.held, r.expires_at, r.attempts_started,
  case when r.state = 'Scheduled' then coalesce(r.due_at, r.scheduled_at) else r.due_at end as due_at,
  r.state = 'Scheduled' and exists (
    select 1 from leasehold.firing f where f.tenant_id = r.tenant_id and f.run_id = r.run_id and f.buffered) as buffered,
  l.queue, l.type, l.capabilities, l.queue_permit, l.type_permit,
  t.task_permit, t.key_permit, t.rate_permit, t.timeout_micros, 0 as payload_bytes,
  e.owner
from leasehold.run r
join leasehold.lane l on l.tenant_id = r.tenant_id and l.lane_id = r.lane_id
join leasehold.task t on t.tenant_id = r.tenant_id and t.task_id = r.task_id
left join leasehold.lease e on e.tenant_id = r.tenant_id and e.run_id = r.run_id
where r.tenant_id = :tenant and r.run_id = :run_id

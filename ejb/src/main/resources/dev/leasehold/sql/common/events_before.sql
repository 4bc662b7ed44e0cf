select
  e.run_id, e.version, e.pos, e.type, e.occurred_at, e.actor, e.transitions, e.fence, e.attempt_id, e.attempt_number,
  e.priority, e.scheduled_at, e.due_at, e.reason,
  cast(null as uuid) as task_id,
  (select d.event_id from leasehold.event_data d where d.tenant_id = e.tenant_id and d.run_id = e.run_id and d.version = e.version)
    as event_id,
  (select d.data from leasehold.event_data d where d.tenant_id = e.tenant_id and d.run_id = e.run_id and d.version = e.version) as data
from leasehold.event e
where e.tenant_id = :tenant and e.run_id = :run_id and e.version > :after and e.version < :before
order by e.version desc
limit :max

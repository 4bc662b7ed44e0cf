select
  e.run_id, e.version, e.pos, e.type, e.occurred_at, e.actor, e.transitions, e.fence, e.attempt_id, e.attempt_number,
  e.priority, e.scheduled_at, e.due_at, e.reason,
  (select r.task_id from leasehold.run r where r.tenant_id = e.tenant_id and r.run_id = e.run_id) as task_id,
  (select d.event_id from leasehold.event_data d where d.tenant_id = e.tenant_id and d.run_id = e.run_id and d.version = e.version)
    as event_id,
  (select d.data from leasehold.event_data d where d.tenant_id = e.tenant_id and d.run_id = e.run_id and d.version = e.version) as data
from leasehold.event e
where e.tenant_id = :tenant and e.run_id = :only_run and e.pos >= :from and e.pos < :to
  and (e.pos, e.run_id, e.version) > (:pos, :run_id, :version)
  and (:any_type or e.type = :type)
order by e.pos, e.run_id, e.version
limit :max

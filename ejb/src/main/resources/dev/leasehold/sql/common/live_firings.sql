select f.task_id, f.scheduled_at, f.run_id, f.buffered, f.missed, r.state,
  r.due_at is not null as apart
from leasehold.firing f
left join leasehold.run r on r.tenant_id = f.tenant_id and r.run_id = f.run_id
where f.tenant_id = :tenant and f.task_id = any (:task_ids) and f.live
order by f.task_id, f.scheduled_at

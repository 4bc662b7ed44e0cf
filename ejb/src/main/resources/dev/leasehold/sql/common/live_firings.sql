select f.task_id, f.scheduled_at, f.run_id, f.buffered, f.missed, r.state,
  r.due_at is not null as apart
from unnest(:task_ids) k (task_id)
join leasehold.firing f on f.tenant_id = :tenant and f.task_id = k.task_id and f.live
left join leasehold.run r on r.tenant_id = f.tenant_id and r.run_id = f.run_id
order by f.task_id, f.scheduled_at

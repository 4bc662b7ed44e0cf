select r.tenant_id, r.run_id, r.state, r.version, r.pos, r.last_event_at,
  case when r.state = 'Scheduled' then t.priority else r.priority end as priority
from leasehold.run r
join leasehold.task t on t.tenant_id = r.tenant_id and t.task_id = r.task_id
where r.due_at <= :now
  and not exists (select 1 from leasehold.pause p where p.tenant_id = r.tenant_id and p.queue = :everything)
  and not exists (select 1 from leasehold.paused_task p where p.tenant_id = r.tenant_id and p.task_id = r.task_id)
order by r.due_at, r.run_id
limit :max

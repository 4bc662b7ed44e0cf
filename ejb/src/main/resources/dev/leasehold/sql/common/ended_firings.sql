select f.tenant_id, f.task_id
from leasehold.firing f
left join leasehold.run r on r.tenant_id = f.tenant_id and r.run_id = f.run_id
where f.live and f.scheduled_at <= :now
  and not f.task_id = any (:unreadable)
  and (r.run_id is null or r.state in ('Completed', 'Failed', 'Canceled'))
  and not exists (select 1 from leasehold.paused_task p where p.tenant_id = f.tenant_id and p.task_id = f.task_id)
group by f.tenant_id, f.task_id
order by f.tenant_id, f.task_id
limit :max

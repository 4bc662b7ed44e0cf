select o.run_id
from leasehold.firing f
join leasehold.firing o on o.tenant_id = f.tenant_id and o.task_id = f.task_id and o.live and o.scheduled_at < f.scheduled_at
join leasehold.run r on r.tenant_id = o.tenant_id and r.run_id = o.run_id
where f.tenant_id = :tenant and f.run_id = :run_id and r.state not in ('Scheduled', 'Completed', 'Failed', 'Canceled')
order by o.scheduled_at
limit :max

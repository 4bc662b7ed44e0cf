select s.task_id
from unnest(:task_ids) k (task_id)
join leasehold.schedule s on s.tenant_id = :tenant and s.task_id = k.task_id
order by s.task_id
for update skip locked

select t.task_id
from unnest(:task_ids) k (task_id)
join leasehold.task t on t.tenant_id = :tenant and t.task_id = k.task_id
order by t.task_id
for update skip locked

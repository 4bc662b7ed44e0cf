select task_id, canceled_at
from leasehold.task
where tenant_id = :tenant and task_id = any (:task_ids)
order by task_id
for update

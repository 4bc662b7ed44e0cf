select task_id
from leasehold.schedule
where tenant_id = :tenant and task_id = any (:task_ids)
order by task_id
for update

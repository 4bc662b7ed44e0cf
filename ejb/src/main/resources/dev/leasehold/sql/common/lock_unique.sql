select task_id, lasts, lapses_at
from leasehold.unique_task
where tenant_id = :tenant and type = :type and unique_key = :unique_key
for update

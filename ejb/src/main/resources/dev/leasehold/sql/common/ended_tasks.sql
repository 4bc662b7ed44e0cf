select k.task_id
from unnest(:task_ids) k (task_id)
where not exists (select 1 from leasehold.run r where r.tenant_id = :tenant and r.task_id = k.task_id)
  and not exists (select 1 from leasehold.schedule s where s.tenant_id = :tenant and s.task_id = k.task_id)

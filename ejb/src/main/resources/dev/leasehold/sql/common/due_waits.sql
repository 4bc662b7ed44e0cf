select w.tenant_id, w.run_id
from leasehold.wait w
where w.due_at <= :now
order by w.due_at, w.tenant_id, w.wait_id
limit :max

select
  l.run_id, l.fence, l.owner, l.node_id, l.attempt_id, l.attempt_number, l.acquired_at, l.started_at,
  (select r.task_id from leasehold.run r where r.tenant_id = l.tenant_id and r.run_id = l.run_id) as task_id
from leasehold.lease l
where l.tenant_id = :tenant and l.run_id = :run_id

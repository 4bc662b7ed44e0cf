select l.run_id, l.fence
from unnest(:run_ids) k (run_id)
join leasehold.lease l on l.tenant_id = :tenant and l.run_id = k.run_id
for update skip locked

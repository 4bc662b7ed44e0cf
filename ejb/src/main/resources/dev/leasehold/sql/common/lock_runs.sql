select r.run_id
from unnest(:run_ids) k (run_id)
join leasehold.run r on r.tenant_id = :tenant and r.run_id = k.run_id
order by r.run_id
for update

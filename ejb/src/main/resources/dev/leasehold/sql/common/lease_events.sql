select e.run_id, e.fence, e.type
from unnest(:run_ids) k (run_id)
join leasehold.event e on e.tenant_id = :tenant and e.run_id = k.run_id
where e.fence is not null
order by e.run_id, e.version

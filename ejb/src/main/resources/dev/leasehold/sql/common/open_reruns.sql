select k.run_id as rerun_of, (
    select x.run_id
    from leasehold.rerun x
    join leasehold.run r on r.tenant_id = x.tenant_id and r.run_id = x.run_id
    where x.tenant_id = :tenant and x.rerun_of = k.run_id and not r.state = any (:terminal)
    order by x.run_id desc
    limit 1) as run_id
from unnest(:run_ids) k (run_id)

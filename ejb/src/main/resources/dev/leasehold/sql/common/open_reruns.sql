select x.rerun_of, x.run_id
from leasehold.rerun x
join leasehold.run r on r.tenant_id = x.tenant_id and r.run_id = x.run_id
where x.tenant_id = :tenant and x.rerun_of = any (:run_ids) and not r.state = any (:terminal)
order by x.run_id

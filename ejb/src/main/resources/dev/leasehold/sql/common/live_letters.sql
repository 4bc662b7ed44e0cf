select distinct x.dead_letter_id
from unnest(:letter_ids) k (dead_letter_id)
join leasehold.rerun x on x.tenant_id = :tenant and x.dead_letter_id = k.dead_letter_id
join leasehold.run r on r.tenant_id = x.tenant_id and r.run_id = x.run_id
where not r.state = any (:terminal)

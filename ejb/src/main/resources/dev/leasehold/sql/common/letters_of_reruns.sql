select x.run_id, x.dead_letter_id, r.attempts_started
from unnest(:run_ids) k (run_id)
join leasehold.rerun x on x.tenant_id = :tenant and x.run_id = k.run_id
join leasehold.run r on r.tenant_id = x.tenant_id and r.run_id = x.run_id
where x.dead_letter_id is not null

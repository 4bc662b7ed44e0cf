select tenant_id, run_id
from leasehold.run
where expires_at <= :now
order by expires_at, run_id
limit :max

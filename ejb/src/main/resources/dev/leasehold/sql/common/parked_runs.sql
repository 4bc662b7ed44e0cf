select run_id
from leasehold.run
where parked_on = :permit and tenant_id = :tenant
order by parked_on, priority desc, scheduled_at, run_id
limit :max

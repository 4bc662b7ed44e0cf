select run_id, until
from leasehold.permit_holder
where tenant_id = :tenant and permit_id = :permit
order by taken_at, run_id
limit :max

select until
from leasehold.permit_holder
where tenant_id = :tenant and permit_id = :permit and until is not null
order by until
limit 1

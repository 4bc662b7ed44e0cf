select permit_id, scope, name, most, used, fence, period_micros, waiting
from leasehold.permit
where tenant_id = :tenant and permit_id = any (:permits)
order by permit_id
for update

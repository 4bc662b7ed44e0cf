select permit_id, scope, name, most, period_micros
from leasehold.permit
where tenant_id = :tenant and scope = :scope and name = any (:names)

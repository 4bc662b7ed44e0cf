select 1
from leasehold.pause
where tenant_id = :tenant and queue = :everything

select run_id, fence, type
from leasehold.event
where tenant_id = :tenant and run_id = any (:run_ids) and fence is not null
order by run_id, version

select run_id, fence
from leasehold.lease
where tenant_id = :tenant and node_id = :node and attempt_id is not null

select run_id
from leasehold.lease
where tenant_id = :tenant and node_id = :node and attempt_id is not null
order by run_id
limit :max

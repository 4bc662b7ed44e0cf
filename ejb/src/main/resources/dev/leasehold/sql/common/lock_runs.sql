select run_id
from leasehold.run
where tenant_id = :tenant and run_id = any (:run_ids)
order by run_id
for update

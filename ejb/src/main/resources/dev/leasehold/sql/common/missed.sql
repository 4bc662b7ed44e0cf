select missed
from leasehold.firing
where tenant_id = :tenant and run_id = :run_id and missed is not null

select d.run_id, d.event_id, d.version
from unnest(:event_ids) k (event_id)
join leasehold.event_data d on d.tenant_id = :tenant and d.run_id = :run_id and d.event_id = k.event_id

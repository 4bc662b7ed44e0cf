select min(e.occurred_at) as oldest_at
from leasehold.event e use index (event_pos)
where e.tenant_id = :tenant and e.pos >= :from

select count(*) as events, coalesce(max(e.pos), 0) as last_pos, max(e.occurred_at) as last_at
from leasehold.event e use index (event_pos)
where e.tenant_id = :tenant and e.pos >= :from and e.pos < :to

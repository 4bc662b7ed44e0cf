select
  s.tenant_id, s.run_id, s.event_seq, s.name, s.ordinal, s.payload, s.wait_id, s.created_at
from leasehold.signal s
where s.tenant_id = :tenant and s.run_id = :run_id and s.name = :name and s.wait_id is null
order by s.ordinal
limit 1

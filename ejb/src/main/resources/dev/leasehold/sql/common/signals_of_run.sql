select
  s.tenant_id, s.run_id, s.event_seq, s.name, s.ordinal, s.payload, s.wait_id, s.created_at
from leasehold.signal s
where s.tenant_id = :tenant and s.run_id = :run_id and s.event_seq > :after
order by s.event_seq
limit :max

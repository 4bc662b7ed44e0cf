select a.seq, a.event_id, a.event_type, a.actor, a.created_at_ms, a.run_id, a.payload, a.prev_hash, a.record_hash
from leasehold.audit_record a
where a.tenant_id = :tenant and a.run_id = :run_id
order by a.tenant_id desc, a.run_id desc, a.seq desc
limit :max

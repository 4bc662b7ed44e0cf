insert into leasehold.audit_record (
  tenant_id, seq, event_id, event_type, actor, created_at_ms, run_id, payload, prev_hash, record_hash)
values (
  :tenant, :seq, :event_id, :event_type, :actor, :created_at_ms, :run_id, :payload, :prev_hash, :record_hash)

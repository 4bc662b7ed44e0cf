insert into leasehold.audit_head (tenant_id, seq, record_hash) values (:tenant, 0, null)

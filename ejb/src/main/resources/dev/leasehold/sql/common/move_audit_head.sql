update leasehold.audit_head set seq = :seq, record_hash = :record_hash where tenant_id = :tenant

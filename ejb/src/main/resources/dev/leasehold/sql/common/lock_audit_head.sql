select h.seq, h.record_hash
from leasehold.audit_head h
where h.tenant_id = :tenant
for update

select min(a.seq) as seq
from leasehold.audit_record a
where a.tenant_id = :tenant
  and a.seq > coalesce((select h.seq from leasehold.audit_head h where h.tenant_id = :tenant), 0)

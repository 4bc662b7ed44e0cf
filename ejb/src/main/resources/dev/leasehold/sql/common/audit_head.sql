select t.org, t.workspace, t.deployment, h.seq, h.record_hash
from leasehold.tenant t
left join leasehold.audit_head h on h.tenant_id = t.tenant_id
where t.tenant_id = :tenant

select tenant_id, fingerprint
from leasehold.cause_rerun
where status = 'running'
order by tenant_id, fingerprint
limit :max
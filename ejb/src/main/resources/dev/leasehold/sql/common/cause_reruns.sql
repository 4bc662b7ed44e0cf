select
  r.tenant_id, r.fingerprint, r.status, r.actor, r.reason, r.started_at, r.updated_at, r.batch, r.batch_runs, r.reruns, r.failed,
  r.after_at, r.after_id
from unnest(:fingerprints) k (fingerprint)
join leasehold.cause_rerun r on r.tenant_id = :tenant and r.fingerprint = k.fingerprint
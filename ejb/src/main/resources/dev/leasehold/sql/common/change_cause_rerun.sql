update leasehold.cause_rerun
set status = :status, actor = :actor, reason = :reason, started_at = :started_at, updated_at = :updated_at, batch = :batch,
  batch_runs = :batch_runs, reruns = :reruns, failed = :failed, after_at = :after_at, after_id = :after_id
where tenant_id = :tenant and fingerprint = :fingerprint
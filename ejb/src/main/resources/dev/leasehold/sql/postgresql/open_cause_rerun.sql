insert into leasehold.cause_rerun (
  tenant_id, fingerprint, status, actor, reason, started_at, updated_at, batch, batch_runs, reruns, failed, after_at, after_id)
values (
  :tenant, :fingerprint, :status, :actor, :reason, :started_at, :updated_at, :batch, :batch_runs, :reruns, :failed, :after_at,
  :after_id)
on conflict (tenant_id, fingerprint) do nothing
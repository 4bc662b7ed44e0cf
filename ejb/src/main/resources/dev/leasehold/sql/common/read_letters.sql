select
  d.tenant_id, d.dead_letter_id, d.source_type, d.source_id, d.run_id, d.task_id, d.reason, d.status, d.attempts, d.created_at,
  d.updated_at, d.retry_dispatch_count, d.retry_backoff_micros, d.retry_dispatched_at, d.retry_run_id, d.due_at,
  d.operator_disposition, d.disposition_reason, d.disposition_actor, d.disposition_at, d.fingerprint, d.failed_at
from unnest(:letter_ids) k (dead_letter_id)
join leasehold.dead_letter d on d.tenant_id = :tenant and d.dead_letter_id = k.dead_letter_id
order by d.created_at, d.dead_letter_id

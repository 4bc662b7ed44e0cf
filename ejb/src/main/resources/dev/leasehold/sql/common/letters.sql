select
  d.tenant_id, d.dead_letter_id, d.source_type, d.source_id, d.run_id, d.task_id, d.reason, d.status, d.attempts, d.created_at,
  d.updated_at, d.retry_dispatch_count, d.retry_backoff_micros, d.retry_dispatched_at, d.retry_run_id, d.due_at,
  d.operator_disposition, d.disposition_reason, d.disposition_actor, d.disposition_at, d.fingerprint, d.failed_at
from leasehold.dead_letter d
where d.tenant_id = :tenant and d.created_at >= :after_at
  and (d.created_at > :after_at or d.dead_letter_id > :after_id)
order by d.tenant_id, d.created_at, d.dead_letter_id
limit :max

update leasehold.dead_letter
set reason = :reason, status = :status, attempts = :attempts, updated_at = :updated_at,
  retry_dispatch_count = :retry_dispatch_count, retry_backoff_micros = :retry_backoff_micros,
  retry_dispatched_at = :retry_dispatched_at, retry_run_id = :retry_run_id, due_at = :due_at,
  operator_disposition = :operator_disposition, disposition_reason = :disposition_reason,
  disposition_actor = :disposition_actor, disposition_at = :disposition_at, fingerprint = :fingerprint,
  failed_at = :failed_at
where tenant_id = :tenant and dead_letter_id = :dead_letter_id

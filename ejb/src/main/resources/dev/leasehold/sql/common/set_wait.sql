update leasehold.wait
set status = :status, blocks = :blocks, due_at = :due_at, timeout_at = :timeout_at, reminders = :reminders,
  reminded_at = :reminded_at, payload = :payload, completion_key = :completion_key, event_seq = :event_seq,
  updated_at = :updated_at, completed_at = :completed_at
where tenant_id = :tenant and wait_id = :wait_id

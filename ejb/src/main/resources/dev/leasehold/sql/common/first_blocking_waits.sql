select
  w.tenant_id, w.wait_id, w.run_id, w.kind, w.name, w.status, w.blocks, w.reason, w.due_at, w.wake_at, w.timeout_at, w.on_timeout,
  w.escalate_to, w.remind_micros, w.reminders, w.reminded_at, w.payload_schema, w.payload, w.completion_key, w.event_seq, w.created_at, w.updated_at, w.completed_at
from leasehold.wait w
where w.tenant_id = :tenant and w.run_id = :run_id and w.blocks
order by w.tenant_id, w.run_id, w.created_at, w.wait_id
limit :max

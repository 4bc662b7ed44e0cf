insert into leasehold.wait (
  tenant_id, wait_id, run_id, kind, name, status, blocks, reason, due_at, wake_at, timeout_at, on_timeout,
  escalate_to, remind_micros, reminders, reminded_at, payload_schema, payload, completion_key, event_seq, created_at, updated_at, completed_at)
values (
  :tenant, :wait_id, :run_id, :kind, :name, :status, :blocks, :reason, :due_at, :wake_at, :timeout_at, :on_timeout,
  :escalate_to, :remind_micros, :reminders, :reminded_at, :payload_schema, :payload, :completion_key, :event_seq, :created_at, :updated_at, :completed_at)
on conflict (tenant_id, wait_id) do nothing

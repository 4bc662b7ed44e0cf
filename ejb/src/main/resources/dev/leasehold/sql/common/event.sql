insert into leasehold.event (
  tenant_id, run_id, version, pos, type, occurred_at, actor, transitions, fence, attempt_id, attempt_number, priority,
  scheduled_at, due_at, reason)
values (
  :tenant, :run_id, :version, :pos, :type, :occurred_at, :actor, :transitions, :fence, :attempt_id, :attempt_number,
  :priority, :scheduled_at, :due_at, :reason)

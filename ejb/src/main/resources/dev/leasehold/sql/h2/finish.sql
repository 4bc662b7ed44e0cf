update leasehold.run
set state = :target, due_at = :due_at,
  attempts_suspended = attempts_suspended + case when :result = 'Suspended' then 1 else 0 end,
  version = version + 1, pos = :pos, last_event_at = :occurred_at
where tenant_id = :tenant and run_id = :run_id and version = :version and state = 'Running'

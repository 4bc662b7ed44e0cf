update leasehold.run
set version = version + :notes, pos = :pos, last_event_at = :occurred_at
where tenant_id = :tenant and run_id = :run_id and version = :version

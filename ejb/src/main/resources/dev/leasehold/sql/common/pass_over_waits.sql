update leasehold.wait
set status = case when status = :waiting then :cancelled else status end, blocks = false, due_at = null,
  event_seq = cast(:version as integer) + 1, updated_at = :occurred_at,
  completed_at = case when status = :waiting then :occurred_at else completed_at end
where tenant_id = :tenant and run_id = :run_id and blocks

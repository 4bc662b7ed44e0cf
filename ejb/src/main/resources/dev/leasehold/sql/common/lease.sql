insert into leasehold.lease (
  tenant_id, run_id, owner, node_id, fence, acquired_at, updated_at, expiry, attempt_id, attempt_number, started_at,
  deadline)
values (
  :tenant, :run_id, :owner, :node, :fence, :now, :now, :expiry, :attempt_id, :attempt_number, :started_at, :deadline)

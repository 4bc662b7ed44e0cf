insert into leasehold.lease (
  tenant_id, run_id, owner, fence, acquired_at, updated_at, expiry, attempt_id, attempt_number, started_at)
values (
  :tenant, :run_id, :owner, :fence, :now, :now, :expiry, :attempt_id, :attempt_number, :started_at)

update leasehold.lease
set attempt_id = :attempt_id, attempt_number = :attempt_number, started_at = :now, updated_at = :now,
  deadline = :deadline, expiry = least(expiry, coalesce(:latest, expiry))
where tenant_id = :tenant and run_id = :run_id

update leasehold.lease
set expiry = :expiry, updated_at = :now
where tenant_id = :tenant and run_id = :run_id and fence = :fence
